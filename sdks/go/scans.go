package redoubt

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"redoubt/sdk/internal/transport"
)

// Scans are estimated, started, followed to their end, read.
type Scans struct{ t *transport.Transport }

// ScanNotFinishedError: the scan stands still without a result. It is Failed, in Error, or somebody paused it.
type ScanNotFinishedError struct{ Scan ScanDetail }

func (e *ScanNotFinishedError) Error() string {
	why := ""
	if e.Scan.Reason != nil {
		why = ": " + *e.Scan.Reason
	}
	return fmt.Sprintf("the scan %q is %s%s. Scans.Resume(%q) goes on where it stopped", e.Scan.Name, e.Scan.Status, why, e.Scan.ScanID)
}

// Create starts a scan. Sending it twice with one idempotency key starts it once; empty makes a key.
func (s *Scans) Create(ctx context.Context, request ScanRequest, idempotencyKey string) (ScanDetail, error) {
	call := Call{Method: http.MethodPost, Path: path("scans"), Body: request, IdempotencyKey: idempotencyKey}
	return send[ScanDetail](ctx, s.t, call)
}

// CreateDemo starts a scan of the simulated target: a first look without any model.
func (s *Scans) CreateDemo(ctx context.Context) (ScanDetail, error) {
	return post[ScanDetail](ctx, s.t, path("scans", "demo"), nil)
}

// Estimate says what a scan would take: tests, calls, tokens, time. Nothing is started.
func (s *Scans) Estimate(ctx context.Context, request ScanRequest) (Estimate, error) {
	return post[Estimate](ctx, s.t, path("scans", "estimate"), request)
}

// Get says how a scan stands.
func (s *Scans) Get(ctx context.Context, id string) (ScanDetail, error) {
	return get[ScanDetail](ctx, s.t, path("scans", id), nil)
}

// List walks over all scans that the filter lets through, newest first.
func (s *Scans) List(query url.Values) *Pages[Scan] {
	return &Pages[Scan]{at: -1, load: func(ctx context.Context, cursor string) ([]Scan, string, error) {
		page, err := get[ScanPage](ctx, s.t, path("scans"), with(query, "cursor", cursor))
		return page.Scans, cursorOf(page.Next), err
	}}
}

// Watch calls seen with how the scan stands, every interval until it stands still: Finished, Failed, Error or Paused.
// It ends early when seen gives false.
func (s *Scans) Watch(ctx context.Context, id string, interval time.Duration, seen func(ScanDetail) bool) error {
	for {
		scan, err := s.Get(ctx, id)
		if err != nil {
			return err
		}
		if !seen(scan) || (scan.Status != "Initializing" && scan.Status != "Scanning") {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(interval):
		}
	}
}

// Wait gives the scan once it is Finished, else a *ScanNotFinishedError where it stands still without that.
func (s *Scans) Wait(ctx context.Context, id string, interval time.Duration) (ScanDetail, error) {
	var last ScanDetail
	if err := s.Watch(ctx, id, interval, func(scan ScanDetail) bool { last = scan; return true }); err != nil {
		return last, err
	}
	if last.Status != "Finished" {
		return last, &ScanNotFinishedError{last}
	}
	return last, nil
}

// Pause stops a scan for now; answers that are under way are still taken.
func (s *Scans) Pause(ctx context.Context, id string) (ScanDetail, error) {
	return post[ScanDetail](ctx, s.t, path("scans", id, "pause"), nil)
}

// Resume goes on with a Paused, Failed or Error scan: nothing that was stored is asked again.
func (s *Scans) Resume(ctx context.Context, id string) (ScanDetail, error) {
	return post[ScanDetail](ctx, s.t, path("scans", id, "resume"), nil)
}

// Stop ends it now and reports on what is decided.
func (s *Scans) Stop(ctx context.Context, id string) (ScanDetail, error) {
	return post[ScanDetail](ctx, s.t, path("scans", id, "stop"), nil)
}

// Rejudge judges a finished scan anew, in the background, without asking its target.
func (s *Scans) Rejudge(ctx context.Context, id string) (ScanDetail, error) {
	return post[ScanDetail](ctx, s.t, path("scans", id, "rejudge"), nil)
}

// Rename gives a scan another name.
func (s *Scans) Rename(ctx context.Context, id, name string) (ScanDetail, error) {
	body := RenameScanBody{Name: name}
	return send[ScanDetail](ctx, s.t, Call{Method: http.MethodPatch, Path: path("scans", id), Body: body})
}

// Delete deletes a scan with all it holds.
func (s *Scans) Delete(ctx context.Context, id string) error {
	return remove(ctx, s.t, path("scans", id))
}

// Summary is what a finished scan found.
func (s *Scans) Summary(ctx context.Context, id string) (Summary, error) {
	return get[Summary](ctx, s.t, path("scans", id, "summary"), nil)
}

// HeatMap gives outcomes by dataset and attack.
func (s *Scans) HeatMap(ctx context.Context, id string) (HeatMap, error) {
	return get[HeatMap](ctx, s.t, path("scans", id, "heatmap"), nil)
}

// Breakdown gives outcomes by whatever tests can be told apart by: dataset, subcategory, attack, severity, reason, ...
func (s *Scans) Breakdown(ctx context.Context, id, by string) (Breakdown, error) {
	return get[Breakdown](ctx, s.t, path("scans", id, "breakdown"), url.Values{"by": {by}})
}

// Tests walks over all tests that the filter (outcome, dataset, attack, text, ...) lets through.
func (s *Scans) Tests(id string, query url.Values) *Pages[Test] {
	return &Pages[Test]{at: -1, load: func(ctx context.Context, cursor string) ([]Test, string, error) {
		page, err := get[TestPage](ctx, s.t, path("scans", id, "tests"), with(query, "cursor", cursor))
		return page.Tests, cursorOf(page.Next), err
	}}
}

// Test is one test with its conversation, by its number or its plan key.
func (s *Scans) Test(ctx context.Context, id, test string) (TestDetail, error) {
	return get[TestDetail](ctx, s.t, path("scans", id, "tests", test), nil)
}

// Try is one of its conversations with the target.
func (s *Scans) Try(ctx context.Context, id, test string, number int) (Try, error) {
	return get[Try](ctx, s.t, path("scans", id, "tests", test, "tries", strconv.Itoa(number)), nil)
}

// Export is a file of a finished scan: jsonl, pdf, html, csv, json, sarif, junit, markdown or zip.
func (s *Scans) Export(ctx context.Context, id, format string, fullAnswers bool) ([]byte, error) {
	query := url.Values{"full_answers": {strconv.FormatBool(fullAnswers)}}
	answer, err := s.t.Do(ctx, Call{Method: http.MethodGet, Path: path("scans", id, "exports", format), Query: query})
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// Marks are what people say of the verdicts.
func (s *Scans) Marks(ctx context.Context, id string) ([]Mark, error) {
	answer, err := get[struct{ Marks []Mark }](ctx, s.t, path("scans", id, "marks"), nil)
	return answer.Marks, err
}

// Mark says that the verdict on a test is wrong, and what it should be.
func (s *Scans) Mark(ctx context.Context, id, planKey string, mark MarkRequest) (Mark, error) {
	return send[Mark](ctx, s.t, Call{Method: http.MethodPut, Path: path("scans", id, "marks", planKey), Body: mark})
}

// Unmark takes a mark back.
func (s *Scans) Unmark(ctx context.Context, id, planKey string) error {
	return remove(ctx, s.t, path("scans", id, "marks", planKey))
}
