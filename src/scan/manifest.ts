// The manifest: everything one needs to know to believe, repeat or compare a scan.
import type { Bounds } from '../core/bounds.ts';
import { sha256 } from '../core/hash.ts';
import { isoTime } from '../core/iso-time.ts';
import { isSimulatedTarget } from '../core/simulated.ts';
import type { ByHelper, HelperName } from '../models/helper-models.ts';
import type { CallCounterRow, HelperCallRow, ScanRow } from '../store/schema.ts';
import { requireAttack } from './attacks/index.ts';
import { layersId } from './judges/index.ts';
import { llmJudgeId } from './llm-judge/llm-judge.ts';
import { promptHash } from './llm-judge/prompt.ts';
import type { ScanSpending } from './prices.ts';
import type { ScanSpec } from './spec.ts';

/** Which software made the scan. `commit` is null in an installed package. */
export interface SoftwareVersion {
  readonly version: string;
  readonly commit: string | null;
}

/** What is known of a scan once it has ended. */
export interface ScanFacts {
  /** Model names that the target returned. */
  readonly models: readonly string[];
  readonly calls: readonly CallCounterRow[];
  readonly helperCalls: readonly HelperCallRow[];
  readonly spent: ScanSpending;
}

function targetOf(row: ScanRow, spec: ScanSpec, facts: ScanFacts): Record<string, unknown> {
  const { target } = spec;
  return {
    host: new URL(target.url).host,
    kind: target.kind,
    model: target.model,
    names_returned: facts.models,
    simulated: isSimulatedTarget(target, facts.models),
    parameters_sent: { temperature: target.temperature, max_tokens: target.maxTokens },
    adapted: JSON.parse(row.adaptations),
    system_prompt_sha256: target.system === null ? null : sha256(target.system),
  };
}

const hostsOf = (helpers: ByHelper<HelperName>): string[] =>
  Object.values(helpers).flatMap((helper) => (helper === null ? [] : [helper.host]));

/** Which helper models were used, and what they cost. */
function helpersOf(helpers: ByHelper<HelperName>, rows: readonly HelperCallRow[]): Record<string, unknown> {
  const used = Object.entries(helpers).flatMap(([role, helper]) => {
    if (helper === null) return [];
    const own = rows.filter((row) => row.role === role);
    const sum = (key: 'tokens_in' | 'tokens_out'): number => own.reduce((total, row) => total + row[key], 0);
    const calls = Object.fromEntries(own.map((row) => [row.result, row.n]));
    return [[role, { ...helper, calls, tokens: { prompt: sum('tokens_in'), completion: sum('tokens_out') } }]];
  });
  return Object.fromEntries(used);
}

function judgesOf({ judge, helpers }: ScanSpec): Record<string, unknown>[] {
  if (judge === 'none') return [];
  const model = helpers.judge;
  const asked = model === null ? [] : [{ id: llmJudgeId(model.model), prompt_sha256: promptHash() }];
  return [{ id: layersId }, ...asked];
}

/** By the names of the API; those that were not set are left out. */
function boundsOf({ maxCost, maxCalls, maxSeconds, untilInterval }: Bounds): Record<string, number> {
  const named = { max_cost: maxCost, max_calls: maxCalls, max_seconds: maxSeconds, until_interval: untilInterval };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, number] => entry[1] !== null));
}

function targetTokens({ spent }: ScanFacts): Record<string, number> {
  const { prompt = 0, completion = 0, estimated = 0 } = spent.tokens.target ?? {};
  return { prompt, completion, ...(estimated > 0 ? { calls_estimated: estimated } : {}) };
}

export function manifestOf(
  row: ScanRow,
  spec: ScanSpec,
  software: SoftwareVersion,
  facts: ScanFacts,
): Record<string, unknown> {
  return {
    software: { name: 'redoubt', ...software },
    seed: spec.seed,
    preset: spec.preset,
    plan_hash: row.plan_hash,
    datasets: spec.datasets.map(({ slug, title, version, sha256, role, sample }) => ({
      slug,
      title,
      version,
      sha256,
      role,
      sample,
    })),
    attacks: spec.attacks.map(({ id, parameters }) => ({ id, version: requireAttack(id).version, parameters })),
    target: targetOf(row, spec, facts),
    ...(spec.guard?.held === undefined ? {} : { guard: { mode: spec.guard.mode, policies: spec.guard.held } }),
    judges: judgesOf(spec),
    started_at: isoTime(row.started_at),
    ended_at: isoTime(row.ended_at),
    ...(row.reason === null ? {} : { ended_early: row.reason }),
    ...(spec.bounds === undefined ? {} : { bounds: boundsOf(spec.bounds) }),
    calls: Object.fromEntries(facts.calls.map((call) => [call.result, call.n])),
    tokens: { target: targetTokens(facts) },
    helpers: helpersOf(spec.helpers, facts.helperCalls),
    hosts_contacted: [...new Set([new URL(spec.target.url).host, ...hostsOf(spec.helpers)])],
    authorised_by: spec.authorisedBy,
    created_by: row.created_by,
  };
}
