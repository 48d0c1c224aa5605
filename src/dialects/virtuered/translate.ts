// VirtueRed's words to ours and back: pure.

import type { Caller } from '../../access/keys.ts';
import type { PaceLimits } from '../../core/ports.ts';
import type { TargetSecrets } from '../../models/open-target.ts';
import { imageAttacks } from '../../scan/attacks/image-attacks.ts';
import { DEFAULT_PRESET } from '../../scan/presets.ts';
import type { Progress } from '../../scan/progress.ts';
import type { ScanRequest } from '../../scan/request.ts';
import { DEFAULT_SEED, type TargetSpec } from '../../scan/spec.ts';
import { SANDBOX_CASES, type SandboxBody, type StartBody } from './schema.ts';

const PREFIX = 'scan-';

/** Our id as VirtueRed's answers write it. */
export const wireId = (scanId: string): string => PREFIX + scanId;

/** Both forms of an id are accepted. */
export const ownId = (scanId: string): string => (scanId.startsWith(PREFIX) ? scanId.slice(PREFIX.length) : scanId);

const CALL_TIMEOUT_MS = 60_000;
/** Where a body names the address that is called. */
const TARGET_FIELD = 'model.base_url';

type ModelBody = StartBody['model'];

function targetOf(model: ModelBody, limits: Pick<TargetSpec, 'concurrency' | 'qpm'>): TargetSpec {
  return {
    kind: 'openai',
    url: model.base_url,
    model: model.model_name,
    temperature: model.temperature,
    maxTokens: model.max_tokens,
    system: null,
    timeoutMs: CALL_TIMEOUT_MS,
    ...limits,
  };
}

const secretsOf = (model: ModelBody): TargetSecrets => ({
  apiKey: model.api_key === '' ? null : model.api_key,
  headers: model.extra_headers,
  targetFile: null,
});

function labelsOf(body: Pick<StartBody, 'is_user_model' | 'application_id'>): Record<string, string | boolean> {
  return {
    ...(body.is_user_model == null ? {} : { is_user_model: body.is_user_model }),
    ...(body.application_id == null ? {} : { application_id: body.application_id }),
  };
}

/** Whether a scan was started with these labels; those left out are not asked for. */
export const bears = (
  progress: Progress,
  labels: Readonly<Record<string, string | boolean | null | undefined>>,
): boolean => Object.entries(labels).every(([name, value]) => value == null || progress.labels[name] === value);

/** Over an API the call is the authorisation, recorded with the key's name. */
const authorisationOf = (caller: Caller): string => `API key "${caller.keyName}"`;

export function startRequest(body: StartBody, caller: Caller): ScanRequest {
  return {
    projectId: caller.projectId,
    createdBy: caller.keyName,
    name: body.scan_name,
    kind: 'scan',
    target: targetOf(body.model, { concurrency: body.concurrency, qpm: body.qpm ?? null }),
    targetField: TARGET_FIELD,
    secrets: secretsOf(body.model),
    datasets: body.datasets.map(({ name }, index) => ({ name, field: `datasets[${index}].name` })),
    preset: body.preset ?? DEFAULT_PRESET,
    attacks: [...body.algorithms, ...(body.input_modalities.includes('image') ? imageAttacks : [])],
    attackField: 'algorithms',
    // Who takes no text is asked by pictures alone.
    onlyAttacks: !body.input_modalities.includes('text'),
    seed: body.seed ?? DEFAULT_SEED,
    limit: null,
    twins: body.benign ?? null,
    judge: true,
    authorisedBy: authorisationOf(caller),
    labels: labelsOf(body),
  };
}

const SANDBOX_DATASETS = ['Healthcare Risks', 'Privacy', 'OWASP LLM Top 10', 'Over Cautiousness'];
/** semantics.md "VirtueRed": of all calls together. */
const SANDBOX_MS = 60_000;
const SANDBOX_LONGEST_CALL_MS = 55_000;

/**
 * Milliseconds that each call may take, none being repeated, so that the last has ended within the sandbox's time: before it
 * can go out, others have to end and `qpm` has to let it. With the fewest calls a minute, or one at once, it is 5 s.
 */
export function sandboxTimeoutMs({ concurrency, qpm }: PaceLimits): number {
  const intervalMs = qpm === null ? 0 : 60_000 / qpm;
  const before = SANDBOX_CASES - 1;
  const inTurns = (SANDBOX_MS - (before % concurrency) * intervalMs) / (Math.floor(before / concurrency) + 1);
  return Math.floor(Math.min(SANDBOX_LONGEST_CALL_MS, inTurns, SANDBOX_MS - before * intervalMs));
}

export function sandboxRequest(body: SandboxBody, caller: Caller): ScanRequest {
  const limits = { concurrency: Math.min(body.concurrency ?? SANDBOX_CASES, SANDBOX_CASES), qpm: body.qpm ?? null };
  const target = targetOf(body.model, limits);
  return {
    projectId: caller.projectId,
    createdBy: caller.keyName,
    name: body.scan_name,
    kind: 'sandbox',
    target: { ...target, timeoutMs: sandboxTimeoutMs(limits), callsPerTry: 1 },
    targetField: TARGET_FIELD,
    secrets: secretsOf(body.model),
    datasets: SANDBOX_DATASETS.map((name) => ({ name, field: 'datasets' })),
    preset: 'direct',
    attacks: [],
    onlyAttacks: false,
    seed: DEFAULT_SEED,
    limit: SANDBOX_CASES,
    twins: 0,
    judge: true,
    authorisedBy: authorisationOf(caller),
    labels: labelsOf(body),
  };
}

/** Seconds since 1970 with whole seconds, as the document writes times. */
const isoSeconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

export function progressAnswer(progress: Progress): Record<string, unknown> {
  return {
    scan_id: wireId(progress.scanId),
    scan_name: progress.name,
    scan_time: isoSeconds(progress.startedAt ?? progress.createdAt),
    created_at: isoSeconds(progress.createdAt),
    status: progress.status,
    passed_line: progress.done,
    total_length: progress.planned,
    remaining_time: progress.remainingSeconds,
    percentage: Math.round(progress.percentage * 10) / 10,
    ...progress.labels,
    ...(progress.reason === null ? {} : { reason: progress.reason }),
  };
}
