package redoubt

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"redoubt/sdk/internal/transport"
)

// Guard decides whether messages may pass.
type Guard struct{ t *transport.Transport }

// Evaluate asks whether messages may pass. That it says no is an answer, no error; Corrected is what to go on with.
func (g *Guard) Evaluate(ctx context.Context, request GuardRequest) (GuardDecision, error) {
	return post[GuardDecision](ctx, g.t, path("guard", "check"), request)
}

// DryRun says what a draft of a policy would have done to recorded decisions.
func (g *Guard) DryRun(ctx context.Context, request DryRunRequest) (DryRun, error) {
	return post[DryRun](ctx, g.t, path("guard", "dry-run"), request)
}

// Decisions are the latest recorded ones, newest first.
func (g *Guard) Decisions(ctx context.Context, limit int) ([]RecordedDecision, error) {
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	return get[[]RecordedDecision](ctx, g.t, path("guard", "decisions"), query)
}

// Detectors are what policies can ask.
func (g *Guard) Detectors(ctx context.Context) ([]Detector, error) {
	answer, err := get[struct{ Detectors []Detector }](ctx, g.t, path("detectors"), nil)
	return answer.Detectors, err
}

// Policies are what the guard holds to.
type Policies struct{ t *transport.Transport }

// List gives those in force.
func (p *Policies) List(ctx context.Context) ([]PolicyInForce, error) {
	answer, err := get[struct{ Policies []PolicyInForce }](ctx, p.t, path("policies"), nil)
	return answer.Policies, err
}

// Get gives one with its versions.
func (p *Policies) Get(ctx context.Context, id string) (PolicyVersions, error) {
	return get[PolicyVersions](ctx, p.t, path("policies", id), nil)
}

// Save stores it; one of the same id becomes its next version.
func (p *Policies) Save(ctx context.Context, policy Policy) (SavedPolicy, error) {
	return send[SavedPolicy](ctx, p.t, Call{Method: http.MethodPut, Path: path("policies", policy.ID), Body: policy})
}

// Candidates are proven on every held-out test of the scan.
const hardenTimeout = 10 * time.Minute

// Harden drafts policies from what a finished scan found, proves them on held-out tests, promotes those that stand. It
// takes its time.
func (p *Policies) Harden(ctx context.Context, scanID string, request HardenRequest) (Hardened, error) {
	call := Call{Method: http.MethodPost, Path: path("scans", scanID, "harden"), Body: request, Timeout: hardenTimeout}
	return send[Hardened](ctx, p.t, call)
}

// Hardenings are all candidates with their proofs, the latest first.
func (p *Policies) Hardenings(ctx context.Context, limit int) ([]Hardening, error) {
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	answer, err := get[struct{ Hardenings []Hardening }](ctx, p.t, path("hardenings"), query)
	return answer.Hardenings, err
}

// RollBack makes what held before the promotion of this policy hold again.
func (p *Policies) RollBack(ctx context.Context, policyID, reason string) error {
	body := map[string]string{"reason": reason}
	return p.t.JSON(ctx, Call{Method: http.MethodPost, Path: path("hardenings", policyID, "roll-back"), Body: body}, nil)
}
