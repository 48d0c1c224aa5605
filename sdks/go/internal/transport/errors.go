package transport

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"
)

// Line is what is said about one line of a file; lines count from 1.
type Line struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// APIError: the server answered, and refused.
type APIError struct {
	Status int
	// Code is the server's word for it, e.g. INVALID_FIELD.
	Code string
	// Message says what is wrong, where, and what to do.
	Message string
	// Field is the part of the request that is wrong; empty where it is none.
	Field string
	// Lines are the bad lines of an uploaded file, at most 100.
	Lines []Line
	// RequestID is to be named when asking whoever runs the server.
	RequestID string
	// RetryAfter is what the server asks to wait; 0 where it asks for nothing.
	RetryAfter time.Duration
	Header     http.Header
	// Body is the answer as it came.
	Body []byte
}

func (e *APIError) Error() string {
	id := ""
	if e.RequestID != "" {
		id = " [request " + e.RequestID + "]"
	}
	return fmt.Sprintf("%s (%d %s)%s", e.Message, e.Status, e.Code, id)
}

// ConnectionError: no answer came. Nothing listens there, the line broke, or it took longer than the timeout.
type ConnectionError struct {
	URL      string
	TimedOut bool
	message  string
	cause    error
}

func (e *ConnectionError) Error() string { return e.message }
func (e *ConnectionError) Unwrap() error { return e.cause }

var words = map[int]string{
	400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 409: "CONFLICT",
	422: "INVALID_BODY", 429: "RATE_LIMITED",
}

type problem struct {
	Code      any    `json:"code"`
	Message   string `json:"message"`
	Field     string `json:"field"`
	Param     string `json:"param"`
	Lines     []Line `json:"lines"`
	RequestID string `json:"requestId"`
}

// said reads what a refusal says, in each form that the server speaks; false where it is none of them.
func said(body []byte) (problem, bool) {
	var table map[string]json.RawMessage
	if json.Unmarshal(body, &table) != nil {
		return problem{}, false
	}
	// { error: { code, message, field?, lines?, requestId? } }: our own API, EvalGuard's, the gateway's.
	var own problem
	if json.Unmarshal(table["error"], &own) == nil && own.Message != "" {
		return own, true
	}
	if found, ok := saidInDetail(table["detail"]); ok {
		return found, true
	}
	for _, key := range []string{"error", "message"} {
		var text string
		if json.Unmarshal(table[key], &text) == nil && text != "" {
			return problem{Message: text}, true
		}
	}
	return problem{}, false
}

// saidInDetail reads { detail: "..." } or { detail: [{ loc, msg }] }: Guardion's.
func saidInDetail(detail json.RawMessage) (problem, bool) {
	var text string
	if json.Unmarshal(detail, &text) == nil {
		return problem{Message: text}, true
	}
	var list []struct {
		Loc []any  `json:"loc"`
		Msg string `json:"msg"`
	}
	if json.Unmarshal(detail, &list) != nil || len(list) == 0 {
		return problem{}, false
	}
	found := problem{}
	sentences := make([]string, len(list))
	for at, one := range list {
		var steps []string
		for _, step := range one.Loc {
			if step != "body" {
				steps = append(steps, fmt.Sprint(step))
			}
		}
		place := strings.Join(steps, ".")
		if at == 0 {
			found.Field = place
		}
		sentences[at] = one.Msg
		if place != "" {
			sentences[at] = place + ": " + one.Msg
		}
	}
	found.Message = strings.Join(sentences, "; ")
	return found, true
}

func refusalOf(response *http.Response, body []byte, now time.Time) *APIError {
	found, ok := said(body)
	if !ok {
		text := strings.TrimSpace(string(body))
		if text == "" {
			text = "nothing"
		}
		found.Message = fmt.Sprintf("%s did not answer as Redoubt does: %s. Check that the base URL names the server, "+
			"and what stands between.", response.Request.URL.Host, text[:min(len(text), 200)])
	}
	code, _ := found.Code.(string)
	if code == "" {
		code = words[response.StatusCode]
	}
	if code == "" {
		code = fmt.Sprintf("HTTP_%d", response.StatusCode)
	}
	field := found.Field
	if field == "" {
		field = found.Param
	}
	id := response.Header.Get("X-Request-Id")
	if id == "" {
		id = found.RequestID
	}
	wait, _ := readRetryAfter(response.Header.Get("Retry-After"), now)
	return &APIError{
		Status: response.StatusCode, Code: code, Message: found.Message, Field: field, Lines: found.Lines,
		RequestID: id, RetryAfter: time.Duration(math.Ceil(wait.Seconds())) * time.Second, Header: response.Header, Body: body,
	}
}
