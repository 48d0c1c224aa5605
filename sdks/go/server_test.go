package redoubt

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// named gives a variable of the environment, and skips the test where it is not set.
func named(t *testing.T, variable string) string {
	t.Helper()
	value := os.Getenv(variable)
	if value == "" {
		t.Skipf("%s is not set", variable)
	}
	return value
}

func pointer[T any](value T) *T { return &value }

func small(t *testing.T, name, preset string) ScanRequest {
	t.Helper()
	target := Target{
		Kind: "openai", BaseURL: pointer(named(t, "REDOUBT_TEST_TARGET")), Model: pointer("simulated"), APIKey: pointer("any"),
	}
	return ScanRequest{Name: &name, Target: target, Datasets: []string{"Healthcare Risks"}, Preset: &preset}
}

func server(t *testing.T) *Client {
	t.Helper()
	return New("", WithBaseURL(named(t, "REDOUBT_BASE_URL")))
}

const often = 50 * time.Millisecond

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestAScanFromEstimateToFiles(t *testing.T) {
	c := server(t)
	request := small(t, "go", "direct")
	estimate := must[Estimate](t)(c.Scans.Estimate(ctx, request))
	id := must[ScanDetail](t)(c.Scans.Create(ctx, request, "")).ScanID
	must[ScanDetail](t)(c.Scans.Wait(ctx, id, often))
	summary := must[Summary](t)(c.Scans.Summary(ctx, id))
	if int(summary.Counts.Tests) != int(estimate.Tests) {
		t.Error(summary.Counts.Tests, estimate.Tests)
	}
	tests := must[[]Test](t)(c.Scans.Tests(id, url.Values{"limit": {"20"}}).All(ctx))
	if len(tests) != int(summary.Counts.Tests) {
		t.Error(len(tests), "tests")
	}
	failed := must[[]Test](t)(c.Scans.Tests(id, url.Values{"outcome": {"breached", "partial"}}).All(ctx))
	if len(failed) != int(summary.Counts.Breached+summary.Counts.Partial) {
		t.Error(len(failed), "failed")
	}
	whole := must[TestDetail](t)(c.Scans.Test(ctx, id, fmt.Sprint(tests[0].TestNo)))
	if whole.PlanKey != tests[0].PlanKey {
		t.Error(whole.PlanKey)
	}
	lines := strings.Count(string(must[[]byte](t)(c.Scans.Export(ctx, id, "jsonl", false))), "\n")
	if lines != len(tests) {
		t.Error(lines, "lines")
	}
	if len(must[Breakdown](t)(c.Scans.Breakdown(ctx, id, "dataset")).Groups) != 1 {
		t.Error("groups")
	}
	hardened := must[Hardened](t)(c.Policies.Harden(ctx, id, HardenRequest{Promote: pointer(false)}))
	if hardened.ScanID != id {
		t.Error(hardened.ScanID)
	}
	must[[]Hardening](t)(c.Policies.Hardenings(ctx, 10))
	must[ScanFindings](t)(c.Findings.OfScan(ctx, id, ""))
	must[[]Finding](t)(c.Findings.List("").All(ctx))
	scans := c.Scans.List(url.Values{"limit": {"1"}})
	if !scans.Next(ctx) || scans.Item().ScanID == "" {
		t.Error(scans.Err())
	}
	_, err := c.Scans.Create(ctx, request, "")
	var refusal *APIError
	if !errors.As(err, &refusal) || refusal.Code != "DUPLICATE_NAME" || !strings.Contains(refusal.Message, "Choose another name") {
		t.Error(err)
	}
	if err := c.Scans.Delete(ctx, id); err != nil {
		t.Error(err)
	}
	if _, err := c.Scans.Get(ctx, id); !errors.As(err, &refusal) || refusal.Status != http.StatusNotFound {
		t.Error(err)
	}
}

func TestAScanThatStandsStill(t *testing.T) {
	c := server(t)
	id := must[ScanDetail](t)(c.Scans.Create(ctx, small(t, "go, paused", "quick"), "")).ScanID
	must[ScanDetail](t)(c.Scans.Pause(ctx, id))
	_, err := c.Scans.Wait(ctx, id, often)
	var still *ScanNotFinishedError
	if !errors.As(err, &still) || still.Scan.Status != "Paused" {
		t.Fatal(err)
	}
	must[ScanDetail](t)(c.Scans.Resume(ctx, id))
	must[ScanDetail](t)(c.Scans.Wait(ctx, id, often))
}

func TestADataset(t *testing.T) {
	c := server(t)
	var file bytes.Buffer
	for n := range 250 {
		fmt.Fprintf(&file, "{\"prompt\":\"What is %d plus one?\"}\n", n)
	}
	must[UploadReport](t)(c.Datasets.Add(ctx, Upload{Name: "go sums", Data: file.Bytes()}))
	if cases := must[[]DatasetCase](t)(c.Datasets.Cases("go sums").All(ctx)); len(cases) != 250 {
		t.Error(len(cases), "cases")
	}
	_, err := c.Datasets.Add(ctx, Upload{Name: "go bad", Data: []byte("{\"prompt\":\"Hello?\"}\n{\"prompt\":")})
	var refusal *APIError
	if !errors.As(err, &refusal) || len(refusal.Lines) != 1 || refusal.Lines[0].Line != 2 {
		t.Error(err)
	}
	if err := c.Datasets.Delete(ctx, "go sums"); err != nil {
		t.Error(err)
	}
}

func TestTheCatalogue(t *testing.T) {
	c := server(t)
	if len(must[[]Attack](t)(c.Attacks.List(ctx))) < 10 || len(must[[]Suite](t)(c.Attacks.Suites(ctx))) < 10 {
		t.Error("attacks or suites are missing")
	}
	preview := must[Preview](t)(c.Attacks.Preview(ctx, "flip", PreviewRequest{Text: "Hello"}))
	if !strings.Contains(preview.Payload, "olleH") {
		t.Error(preview.Payload)
	}
	if models := must[Models](t)(c.Targets.Models(ctx)); len(models.Models) != 1 {
		t.Error(models)
	}
}

func TestTheGuard(t *testing.T) {
	c := server(t)
	said := GuardMessage{Role: "user", Content: "my key is sk_live_4eC39HqLyjWDarjtT1zdp7dc"}
	decision := must[GuardDecision](t)(c.Guard.Evaluate(ctx, GuardRequest{Messages: []GuardMessage{said}, Policies: []string{"secrets"}}))
	if decision.Denied || !decision.Redacted || !strings.HasPrefix(decision.Corrected[0].Content, "my key is [") {
		t.Error(decision)
	}
	draft := Policy{ID: "go-draft", Rules: []PolicyRule{{Detector: "contains", Reference: "sk_live"}}}
	if run := must[DryRun](t)(c.Guard.DryRun(ctx, DryRunRequest{Draft: draft})); run.N < 1 {
		t.Error(run)
	}
	must[SavedPolicy](t)(c.Policies.Save(ctx, draft))
	if !must[PolicyVersions](t)(c.Policies.Get(ctx, "go-draft")).Stored {
		t.Error("not stored")
	}
	must[[]RecordedDecision](t)(c.Guard.Decisions(ctx, 5))
	must[[]Detector](t)(c.Guard.Detectors(ctx))
}

func desk(t *testing.T, path, name string, body, answer any) {
	t.Helper()
	content, _ := json.Marshal(body)
	address := fmt.Sprintf("%s/%s?name=%s", os.Getenv("REDOUBT_TEST_DESK"), path, url.QueryEscape(name))
	response, err := http.Post(address, "application/json", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if err := json.Unmarshal(text, answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(string(text))
	}
}

// Every golden exchange, through the client: a desk says what to send, and what of the answer is not as agreed.
func TestAllGoldenExchangesComeBackAsAgreed(t *testing.T) {
	named(t, "REDOUBT_TEST_DESK")
	c := server(t)
	c.transport.Key, c.transport.Retries = "", 0
	var names []string
	desk(t, "names", "", nil, &names)
	for _, name := range names {
		var asked struct {
			Method, Path string
			Headers      map[string]string
			Body         *string
		}
		desk(t, "open", name, nil, &asked)
		call := Call{Method: asked.Method, Path: asked.Path, Header: asked.Headers}
		if asked.Body != nil {
			call.Content = []byte(*asked.Body)
		}
		status, header, body := 0, http.Header{}, []byte(nil)
		answer, err := c.Do(ctx, call)
		var refusal *APIError
		switch {
		case err == nil:
			status, header, body = answer.Status, answer.Header, answer.Body
		case errors.As(err, &refusal):
			status, header, body = refusal.Status, refusal.Header, refusal.Body
		default:
			t.Fatal(name, err)
		}
		headers := map[string]string{}
		for key := range header {
			headers[key] = header.Get(key)
		}
		var wrong []string
		handedIn := map[string]any{"status": status, "headers": headers, "body": base64.StdEncoding.EncodeToString(body)}
		desk(t, "close", name, handedIn, &wrong)
		for _, difference := range wrong {
			t.Errorf("%s: %s", name, difference)
		}
	}
	t.Logf("Go SDK: %d golden exchanges", len(names))
	if len(names) < 100 {
		t.Error(len(names), "exchanges")
	}
}
