// Package redoubt is a client of a Redoubt server: scans, the guard, datasets, and what both are held against.
package redoubt

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"redoubt/sdk/internal/transport"
)

// APIError: the server answered, and refused. Code, Field and RequestID say what and where.
type APIError = transport.APIError

// ConnectionError: no answer came.
type ConnectionError = transport.ConnectionError

// Answer is a response of status 2xx whose body was read.
type Answer = transport.Answer

// Call is one request to the server.
type Call = transport.Call

// Client is made by New. Its parts are safe for use by several goroutines.
type Client struct {
	Scans       *Scans
	Guard       *Guard
	Policies    *Policies
	Findings    *Findings
	Datasets    *Datasets
	Attacks     *Attacks
	Comparisons *Comparisons
	Targets     *Targets

	transport *transport.Transport
}

// Option changes how a client is made.
type Option func(*transport.Transport)

// WithBaseURL names the server. Default: REDOUBT_BASE_URL, else http://127.0.0.1:4000.
func WithBaseURL(base string) Option { return func(t *transport.Transport) { t.BaseURL = base } }

// WithTimeout says what one try may take. Default a minute.
func WithTimeout(timeout time.Duration) Option {
	return func(t *transport.Transport) { t.Timeout = timeout }
}

// WithRetries says how many further tries follow 429, 503 and broken connections. Default 3.
func WithRetries(retries int) Option { return func(t *transport.Transport) { t.Retries = retries } }

// WithHTTPClient takes the place of the client made here. Let it follow no redirects: they would be sent the key.
func WithHTTPClient(client *http.Client) Option {
	return func(t *transport.Transport) { t.HTTP = client }
}

// New takes a key (`redoubt keys create NAME`), or reads REDOUBT_API_KEY where it is empty.
func New(key string, options ...Option) *Client {
	t := transport.New(key, "REDOUBT_API_KEY", "REDOUBT_BASE_URL", time.Minute)
	for _, option := range options {
		option(t)
	}
	return &Client{
		Scans: &Scans{t}, Guard: &Guard{t}, Policies: &Policies{t}, Findings: &Findings{t}, Datasets: &Datasets{t},
		Attacks: &Attacks{t}, Comparisons: &Comparisons{t}, Targets: &Targets{t}, transport: t,
	}
}

// Do sends any other request, with the same key, timeout and tries.
func (c *Client) Do(ctx context.Context, call Call) (*Answer, error) {
	return c.transport.Do(ctx, call)
}

const base = "/api/redoubt/v1"

// path joins steps below the API, each made safe.
func path(steps ...string) string {
	joined := base
	for _, step := range steps {
		joined += "/" + url.PathEscape(step)
	}
	return joined
}

// get, post and the others: one request with the shape of its answer.
func get[T any](ctx context.Context, t *transport.Transport, path string, query url.Values) (T, error) {
	return send[T](ctx, t, Call{Method: http.MethodGet, Path: path, Query: query})
}

func post[T any](ctx context.Context, t *transport.Transport, path string, body any) (T, error) {
	return send[T](ctx, t, Call{Method: http.MethodPost, Path: path, Body: body})
}

func send[T any](ctx context.Context, t *transport.Transport, call Call) (T, error) {
	var answer T
	err := t.JSON(ctx, call, &answer)
	return answer, err
}

func remove(ctx context.Context, t *transport.Transport, path string) error {
	return t.JSON(ctx, Call{Method: http.MethodDelete, Path: path}, nil)
}
