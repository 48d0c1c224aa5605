// Package evalguard has what EvalGuard's code samples use, against your own server: EVALGUARD_BASE_URL names it.
package evalguard

import (
	"context"
	"errors"
	"time"

	"redoubt/sdk/internal/transport"
)

// A security scan is answered when it ends: at its deadline, 25 s by default, and a moment more.
const timeout = 2 * time.Minute

// Client speaks EvalGuard's API as the server speaks it.
type Client struct {
	transport *transport.Transport
}

// NewClient takes a key, or reads EVALGUARD_API_KEY where it is empty; the server is EVALGUARD_BASE_URL, else
// http://127.0.0.1:4000.
func NewClient(key string) *Client {
	return &Client{transport.New(key, "EVALGUARD_API_KEY", "EVALGUARD_BASE_URL", timeout)}
}

// Request sends a request and gives the parsed answer. Its error is a *redoubt.APIError, a *redoubt.ConnectionError or
// that of ctx.
func (c *Client) Request(ctx context.Context, method, path string, body map[string]any) (map[string]any, error) {
	if c.transport.Key == "" {
		return nil, errors.New("there is no API key: give one to NewClient, or set EVALGUARD_API_KEY")
	}
	call := transport.Call{Method: method, Path: path}
	if body != nil {
		call.Body = body
	}
	var answer map[string]any
	err := c.transport.JSON(ctx, call, &answer)
	return answer, err
}
