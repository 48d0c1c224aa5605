package redoubt

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

type seen struct {
	method, key string
	at          time.Time
}

// scripted answers the first calls as answers say, one each, and all others with {"ok":true}.
func scripted(t *testing.T, answers ...http.HandlerFunc) (string, *[]seen) {
	t.Helper()
	var calls []seen
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls = append(calls, seen{r.Method, r.Header.Get("Idempotency-Key"), time.Now()})
		if at := len(calls) - 1; at < len(answers) {
			answers[at](w, r)
			return
		}
		fmt.Fprint(w, `{}`)
	}))
	t.Cleanup(server.Close)
	return server.URL, &calls
}

func busy(status int, retryAfter func() string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", retryAfter())
		w.Header().Set("X-Request-Id", "r-1")
		w.WriteHeader(status)
		fmt.Fprint(w, `{"error":{"code":"RATE_LIMITED","message":"Too many requests."}}`)
	}
}

func always(text string) func() string { return func() string { return text } }

func hangUp(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		connection.Close()
	}
}

var ctx = context.Background()

func client(url string, options ...Option) *Client {
	return New("k", append([]Option{WithBaseURL(url)}, options...)...)
}

func TestWaitsAsLongAsAskedWithOneIdempotencyKey(t *testing.T) {
	// A date has whole seconds: 2 s ahead is at least one.
	date := func() string { return time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat) }
	for _, given := range []http.HandlerFunc{busy(429, always("1")), busy(503, always("1")), busy(503, date)} {
		url, calls := scripted(t, given)
		if _, err := client(url).Guard.DryRun(ctx, DryRunRequest{}); err != nil {
			t.Fatal(err)
		}
		first, second := (*calls)[0], (*calls)[1]
		if second.at.Sub(first.at) < 950*time.Millisecond {
			t.Errorf("came again after %s", second.at.Sub(first.at))
		}
		if len(first.key) != 36 || first.key != second.key {
			t.Errorf("idempotency keys %q and %q", first.key, second.key)
		}
	}
}

func TestGoesOnAfterABrokenConnection(t *testing.T) {
	url, calls := scripted(t, hangUp)
	if _, err := client(url).Scans.CreateDemo(ctx); err != nil || len(*calls) != 2 {
		t.Fatal(err, len(*calls))
	}
}

func TestEndsAfterTheTriesThatWereAskedFor(t *testing.T) {
	url, calls := scripted(t, busy(429, always("0")), busy(429, always("0")), busy(429, always("0")))
	_, err := client(url, WithRetries(2)).Scans.Get(ctx, "x")
	var refusal *APIError
	if !errors.As(err, &refusal) || refusal.RequestID != "r-1" || len(*calls) != 3 {
		t.Fatal(err, len(*calls))
	}
	if err.Error() != "Too many requests. (429 RATE_LIMITED) [request r-1]" {
		t.Error(err)
	}
}

func TestDoesNotWaitForLongerThanAMinute(t *testing.T) {
	url, calls := scripted(t, busy(503, always("3600")))
	_, err := client(url).Scans.Get(ctx, "x")
	var refusal *APIError
	if !errors.As(err, &refusal) || refusal.RetryAfter != time.Hour || len(*calls) != 1 {
		t.Fatal(err, len(*calls))
	}
}

func TestLeavesOthersAlone(t *testing.T) {
	for _, status := range []int{400, 401, 404, 500} {
		url, calls := scripted(t, busy(status, always("0")))
		_, err := client(url).Scans.Get(ctx, "x")
		var refusal *APIError
		if !errors.As(err, &refusal) || refusal.Status != status || len(*calls) != 1 {
			t.Error(status, err, len(*calls))
		}
	}
}

func TestRepeatsWhatSomethingBetweenSaidForAGetNeverForAPost(t *testing.T) {
	url, calls := scripted(t, busy(502, always("0")), func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) },
		busy(502, always("0")))
	if _, err := client(url).Scans.Get(ctx, "x"); err != nil {
		t.Fatal(err)
	}
	if _, err := client(url).Scans.CreateDemo(ctx); err == nil || len(*calls) != 3 {
		t.Fatal(err, len(*calls))
	}
}

func TestSaysWhatIsWrongWithTheConnection(t *testing.T) {
	_, err := client("http://127.0.0.1:1", WithRetries(0)).Datasets.List(ctx)
	if err == nil || !strings.Contains(err.Error(), "Is `redoubt serve` running there") {
		t.Error(err)
	}
	url, _ := scripted(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err = client(url, WithRetries(0), WithTimeout(50*time.Millisecond)).Datasets.List(ctx)
	var failed *ConnectionError
	if !errors.As(err, &failed) || !failed.TimedOut || !strings.Contains(err.Error(), "within 50ms. Raise the timeout") {
		t.Error(err)
	}
	_, err = client("localhost:4000").Datasets.List(ctx)
	if err == nil || !strings.Contains(err.Error(), `"localhost:4000" is none`) {
		t.Error(err)
	}
}

func TestSaysThatSomebodyElseAnswered(t *testing.T) {
	url, _ := scripted(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); fmt.Fprint(w, "<h1>nginx</h1>") })
	_, err := client(url).Datasets.List(ctx)
	if err == nil || !strings.Contains(err.Error(), "did not answer as Redoubt does: <h1>nginx</h1>. Check that the base URL") {
		t.Error(err)
	}
}

func TestFollowsNoRedirect(t *testing.T) {
	other, calls := scripted(t)
	url, _ := scripted(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other, http.StatusTemporaryRedirect) })
	_, err := client(url).Datasets.List(ctx)
	var refusal *APIError
	if !errors.As(err, &refusal) || refusal.Status != 307 || len(*calls) != 0 {
		t.Fatal(err, len(*calls))
	}
}

func TestStopsWhenItIsCalledOff(t *testing.T) {
	url, _ := scripted(t, busy(503, always("30")))
	stopping, stop := context.WithTimeout(ctx, 50*time.Millisecond)
	defer stop()
	if _, err := client(url).Scans.Get(stopping, "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}
