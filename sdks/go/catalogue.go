package redoubt

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"redoubt/sdk/internal/transport"
)

// Datasets are those that ship and those of the project.
type Datasets struct{ t *transport.Transport }

// List gives all of them.
func (d *Datasets) List(ctx context.Context) ([]Dataset, error) {
	answer, err := get[struct{ Datasets []Dataset }](ctx, d.t, path("datasets"), nil)
	return answer.Datasets, err
}

// Get finds one by name or slug.
func (d *Datasets) Get(ctx context.Context, name string) (Dataset, error) {
	page, err := get[DatasetPage](ctx, d.t, path("datasets", name), url.Values{"limit": {"1"}})
	return page.Dataset, err
}

// Cases walks over all cases, in the order of the file.
func (d *Datasets) Cases(name string) *Pages[DatasetCase] {
	return &Pages[DatasetCase]{at: -1, load: func(ctx context.Context, after string) ([]DatasetCase, string, error) {
		page, err := get[DatasetPage](ctx, d.t, path("datasets", name), with(nil, "after", after))
		return page.Cases, placeOf(page.Next), err
	}}
}

// Upload is a file of cases. Format is jsonl or csv; Columns says which column of a CSV holds a key.
type Upload struct {
	Name, Format string
	Data         []byte
	Columns      map[string]string
	// CheckOnly reports on the file without storing it.
	CheckOnly bool
}

// Add adds a dataset, or a new version of one. The Lines of its *APIError name the bad ones.
func (d *Datasets) Add(ctx context.Context, upload Upload) (UploadReport, error) {
	kind := "application/jsonl"
	if upload.Format == "csv" {
		kind = "text/csv"
	}
	query := url.Values{"name": {upload.Name}, "check_only": {strconv.FormatBool(upload.CheckOnly)}}
	for key, column := range upload.Columns {
		query.Add("column", key+"="+column)
	}
	call := Call{Method: http.MethodPost, Path: path("datasets"), Query: query, Content: upload.Data, ContentType: kind}
	return send[UploadReport](ctx, d.t, call)
}

// Delete deletes one of the project's own; scans that used it keep their version.
func (d *Datasets) Delete(ctx context.Context, name string) error {
	return remove(ctx, d.t, path("datasets", name))
}

// Attacks are what a scan can run.
type Attacks struct{ t *transport.Transport }

// List gives all attacks.
func (a *Attacks) List(ctx context.Context) ([]Attack, error) {
	answer, err := get[struct{ Attacks []Attack }](ctx, a.t, path("attacks"), nil)
	return answer.Attacks, err
}

// Preview is what an attack makes of a text; nothing is sent to a target.
func (a *Attacks) Preview(ctx context.Context, attack string, request PreviewRequest) (Preview, error) {
	return post[Preview](ctx, a.t, path("attacks", attack, "preview"), request)
}

// Suites are slices of datasets with the attacks that belong to them.
func (a *Attacks) Suites(ctx context.Context) ([]Suite, error) {
	answer, err := get[struct{ Suites []Suite }](ctx, a.t, path("suites"), nil)
	return answer.Suites, err
}

// Targets are what is tested.
type Targets struct{ t *transport.Transport }

// Test sends one harmless message and shows what went over the wire.
func (t *Targets) Test(ctx context.Context, request TestTargetBody) (TargetTest, error) {
	return post[TargetTest](ctx, t.t, path("targets", "test"), request)
}

// Models are those that the settings of the server name.
func (t *Targets) Models(ctx context.Context) (Models, error) {
	return get[Models](ctx, t.t, path("models"), nil)
}

// Comparisons hold two scans against one another, over the tests that both ran.
type Comparisons struct{ t *transport.Transport }

// Get says what regressed, what was fixed, and whether it is chance. Ids of two finished scans.
func (c *Comparisons) Get(ctx context.Context, before, after string) (Comparison, error) {
	return get[Comparison](ctx, c.t, path("comparisons"), url.Values{"before": {before}, "after": {after}})
}

// Tests walks over the tests of one standing, in the order of the earlier scan.
func (c *Comparisons) Tests(before, after, standing string) *Pages[ComparedTest] {
	query := url.Values{"before": {before}, "after": {after}, "standing": {standing}}
	return &Pages[ComparedTest]{at: -1, load: func(ctx context.Context, cursor string) ([]ComparedTest, string, error) {
		page, err := get[ComparedTestsPage](ctx, c.t, path("comparisons", "tests"), with(query, "cursor", cursor))
		return page.Tests, placeOf(page.Next), err
	}}
}

// Findings are what failed, followed from scan to scan.
type Findings struct{ t *transport.Transport }

// List walks over them; state is one of new, known, regressed, fixed, accepted, false_positive, or empty for all.
func (f *Findings) List(state string) *Pages[Finding] {
	return &Pages[Finding]{at: -1, load: func(ctx context.Context, from string) ([]Finding, string, error) {
		page, err := get[FindingsPage](ctx, f.t, path("findings"), with(with(nil, "state", state), "offset", from))
		offset, _ := strconv.Atoi(from)
		if end := offset + len(page.Findings); len(page.Findings) > 0 && end < int(page.Total) {
			return page.Findings, strconv.Itoa(end), err
		}
		return page.Findings, "", err
	}}
}

// Decide accepts one, or says that it is none.
func (f *Findings) Decide(ctx context.Context, fingerprint string, decision FindingDecisionRequest) (Finding, error) {
	call := Call{Method: http.MethodPut, Path: path("findings", fingerprint, "decision"), Body: decision}
	return send[Finding](ctx, f.t, call)
}

// Undecide takes that back.
func (f *Findings) Undecide(ctx context.Context, fingerprint string) error {
	return remove(ctx, f.t, path("findings", fingerprint, "decision"))
}

// OfScan is what a finished scan found, held against the scan of the id baseline where it is not empty.
func (f *Findings) OfScan(ctx context.Context, scanID, baseline string) (ScanFindings, error) {
	return get[ScanFindings](ctx, f.t, path("scans", scanID, "findings"), with(nil, "baseline", baseline))
}
