// EvalGuard's request bodies as its document has them; `seed` and `plant` are ours. Unknown keys are ignored.
import { z } from 'zod';

const MOST_ATTACK_TYPES = 50;
const MOST_PROMPT = 100_000;

const text = (most: number) =>
  z
    .string()
    .max(most, `must have at most ${most} characters`)
    .refine((value) => value.trim() !== '', 'must not be empty');

/** Whatever form it has, it is read as a name of a project. */
const projectId = z.string().max(200, 'must have at most 200 characters').nullish();

export const scanBody = z.object({
  projectId,
  model: text(100),
  prompt: text(MOST_PROMPT),
  attackTypes: z
    .array(z.string().min(1, 'must not be empty').max(200, 'must have at most 200 characters'))
    .min(1, 'must name at least one attack type')
    .max(MOST_ATTACK_TYPES, `must name at most ${MOST_ATTACK_TYPES} attack types`),
  /** Another seed draws other cases. */
  seed: z.number().int().min(0).optional(),
  /** False: no invented secrets in the system prompt. */
  plant: z.boolean().optional(),
});
export type ScanBody = z.infer<typeof scanBody>;

const MOST_DEADLINE_SECONDS = 600;

/** Seconds, as the header `X-Redoubt-Deadline` has them. */
export const deadlineHeader = z.coerce
  .number('must be a number of seconds')
  .min(1, 'must be at least 1')
  .max(MOST_DEADLINE_SECONDS, `must be at most ${MOST_DEADLINE_SECONDS}`)
  .optional();

/** A client's own name for a request, `Idempotency-Key`. */
export const idempotencyHeader = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')
  .optional();

const DEFAULT_LISTED = 50;
const MOST_LISTED = 200;

export const listQuery = z.object({
  projectId,
  /** As the vendor's server reads it: whatever is no number means the default. */
  limit: z
    .unknown()
    .optional()
    .transform((given) => Math.trunc(Math.max(1, Math.min(Number(given) || DEFAULT_LISTED, MOST_LISTED)))),
});
export const complianceQuery = z.object({ framework: z.string('Required').min(1, 'must not be empty') });

export const exportQuery = z.object({
  projectId,
  runId: z.string('Required').min(1, 'must not be empty'),
  format: z.enum(['burp', 'dpo'], 'must be burp or dpo'),
});

export const guardrailBody = z.object({ projectId, text: text(MOST_PROMPT) });
export const firewallBody = z.object({
  projectId,
  input: text(MOST_PROMPT),
  rules: z.array(z.string().min(1)).max(50).nullish(),
});
