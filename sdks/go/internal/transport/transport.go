// Package transport makes one HTTP call with all that belongs to it: key, timeout, tries, idempotency, errors.
package transport

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// DefaultBaseURL is where `redoubt serve` listens when nothing else is said.
const DefaultBaseURL = "http://127.0.0.1:4000"

// Transport sends requests to one server with one key.
type Transport struct {
	BaseURL string
	// Key is sent as Authorization: Bearer; empty sends none.
	Key string
	// Timeout is what one try may take.
	Timeout time.Duration
	// Retries are further tries after 429, 503 and broken connections.
	Retries int
	HTTP    *http.Client
}

// New reads key and address from the environment where they are empty.
func New(key, keyVariable, baseVariable string, timeout time.Duration) *Transport {
	if key == "" {
		key = os.Getenv(keyVariable)
	}
	base := os.Getenv(baseVariable)
	if base == "" {
		base = DefaultBaseURL
	}
	// An answer of another host is none of the server's, and would be sent the key: no redirect is followed.
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Transport{BaseURL: base, Key: key, Timeout: timeout, Retries: 3, HTTP: client}
}

// Call is one request.
type Call struct {
	Method, Path string
	Query        url.Values
	// Body is sent as JSON; nil sends none.
	Body any
	// Content is sent as it stands in place of Body, with its type.
	Content     []byte
	ContentType string
	Header      map[string]string
	// IdempotencyKey of a POST: the same key is answered with the same result. One is made where it is empty.
	IdempotencyKey string
	// Timeout takes the place of the client's where it is not 0.
	Timeout time.Duration
}

// Answer is a response of status 2xx whose body was read.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

func newKey() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err)
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func (t *Transport) address(call Call) (string, error) {
	base, err := url.Parse(strings.TrimRight(t.BaseURL, "/"))
	if err != nil || (base.Scheme != "http" && base.Scheme != "https") || base.Host == "" {
		return "", fmt.Errorf("the base URL %q is none: name the server, e.g. %s", t.BaseURL, DefaultBaseURL)
	}
	address := strings.TrimRight(t.BaseURL, "/") + call.Path
	if len(call.Query) > 0 {
		address += "?" + call.Query.Encode()
	}
	return address, nil
}

func (t *Transport) request(ctx context.Context, address string, call Call, content []byte) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, call.Method, address, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	if t.Key != "" {
		request.Header.Set("Authorization", "Bearer "+t.Key)
	}
	if call.ContentType != "" {
		request.Header.Set("Content-Type", call.ContentType)
	}
	if call.IdempotencyKey != "" {
		request.Header.Set("Idempotency-Key", call.IdempotencyKey)
	}
	for name, value := range call.Header {
		request.Header.Set(name, value)
	}
	return request, nil
}

// once makes one try, and reads the whole body.
func (t *Transport) once(ctx context.Context, address string, call Call, content []byte) (*Answer, error) {
	timeout := t.Timeout
	if call.Timeout > 0 {
		timeout = call.Timeout
	}
	trying, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := t.request(trying, address, call, content)
	if err != nil {
		return nil, err
	}
	response, err := t.HTTP.Do(request)
	if err != nil {
		return nil, connectionError(ctx, address, timeout, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, connectionError(ctx, address, timeout, err)
	}
	if response.StatusCode >= 300 {
		return nil, refusalOf(response, body, time.Now())
	}
	return &Answer{Status: response.StatusCode, Header: response.Header, Body: body}, nil
}

func connectionError(ctx context.Context, address string, timeout time.Duration, cause error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	parsed, _ := url.Parse(address)
	origin := parsed.Scheme + "://" + parsed.Host
	if errors.Is(cause, context.DeadlineExceeded) {
		said := fmt.Sprintf("%s did not answer within %s. Raise the timeout, or look at what keeps it.", origin, timeout)
		return &ConnectionError{URL: address, TimedOut: true, message: said, cause: cause}
	}
	reason := cause
	var wrapped *url.Error
	if errors.As(cause, &wrapped) {
		reason = wrapped.Err
	}
	said := fmt.Sprintf("%s cannot be reached: %v. Is `redoubt serve` running there, and is the base URL right?", origin, reason)
	return &ConnectionError{URL: address, message: said, cause: cause}
}

// Do sends, and tries again. Gives an answer of status 2xx; else an *APIError, a *ConnectionError or the error of ctx.
func (t *Transport) Do(ctx context.Context, call Call) (*Answer, error) {
	address, err := t.address(call)
	if err != nil {
		return nil, err
	}
	content := call.Content
	if content == nil && call.Body != nil {
		if content, err = json.Marshal(call.Body); err != nil {
			return nil, err
		}
		call.ContentType = "application/json"
	}
	if call.Method == http.MethodPost && call.IdempotencyKey == "" {
		call.IdempotencyKey = newKey()
	}
	for tried := 1; ; tried++ {
		answer, err := t.once(ctx, address, call, content)
		if err == nil {
			return answer, nil
		}
		wait, again := t.waitAfter(err, call.Method, tried)
		if !again {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (t *Transport) waitAfter(err error, method string, tried int) (time.Duration, bool) {
	if tried > t.Retries {
		return 0, false
	}
	var connection *ConnectionError
	if errors.As(err, &connection) {
		return waitBefore(tried, 0, false)
	}
	var refusal *APIError
	if !errors.As(err, &refusal) || !isTriedAgain(refusal.Status, method) {
		return 0, false
	}
	asked, isAsked := readRetryAfter(refusal.Header.Get("Retry-After"), time.Now())
	return waitBefore(tried, asked, isAsked)
}

// JSON sends and reads the body into answer, which may be nil.
func (t *Transport) JSON(ctx context.Context, call Call, answer any) error {
	got, err := t.Do(ctx, call)
	if err != nil || answer == nil || len(got.Body) == 0 {
		return err
	}
	return json.Unmarshal(got.Body, answer)
}
