// Guardion's request bodies as its schemas have them, from the first `/v1/eval` to the newest `/v1/guard`.
import { z } from 'zod';
import { guardRoles } from '../../guard/message.ts';

const MOST_MESSAGES = 10_000;
const MOST_POLICIES = 100;

const role = z.enum(guardRoles);

/** What its documents call `expected`; `strip` is ours. */
const expected = z.enum(['block', 'async', 'pass', 'strip']);

const messages = z
  .array(z.object({ role, content: z.string() }))
  .min(1, 'must hold at least one message')
  .max(MOST_MESSAGES, `must hold at most ${MOST_MESSAGES} messages`);

const detector = z.object({
  model: z.string().min(1),
  expected: expected.default('block'),
  threshold: z.number().min(0, 'must lie in 0..1').max(1, 'must lie in 0..1').nullish(),
  reference: z.unknown().optional(),
});

/** `on_failure`, `time_limit_ms` and `default` are ours. */
export const policyBody = z.object({
  id: z.string().regex(/^[\w.-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, dashes or underscores'),
  definition: z.string().max(10_000).nullish(),
  target: z.union([role.transform((one) => [one]), z.array(role).min(1)]),
  detectors: z.array(detector).min(1, 'must hold at least one detector').max(50),
  override_response: z.string().max(10_000).nullish(),
  on_failure: z.enum(['closed', 'open']).optional(),
  time_limit_ms: z.number().int().min(1).max(60_000).optional(),
  default: z.boolean().optional(),
});
export type PolicyBody = z.infer<typeof policyBody>;

const session = z.string().max(200, 'must have at most 200 characters').nullish();
const overrideResponse = z.string().max(10_000, 'must have at most 10000 characters').nullish();
const policyIds = z.array(z.string()).max(MOST_POLICIES).nullish();
const policies = z.array(policyBody).max(MOST_POLICIES, `must hold at most ${MOST_POLICIES}`).nullish();

export const evalBody = z.object({
  session,
  messages,
  enabled_policies: policyIds,
  policies,
  override_response: overrideResponse,
  fail_fast: z.boolean().nullish(),
  breakdown_all: z.boolean().nullish(),
});
export type EvalBody = z.infer<typeof evalBody>;

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() });

const toolCall = z.looseObject({
  function: z.looseObject({ arguments: z.unknown() }).nullish(),
  custom: z.looseObject({ input: z.unknown() }).nullish(),
});

const guardMessage = z.object({
  role: z.union([role, z.literal('function').transform(() => 'tool' as const)]),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
  /** Of an assistant: what it wants to call. */
  tool_calls: z.array(toolCall).nullish(),
  /** The same in its oldest form. */
  function_call: z.looseObject({ arguments: z.unknown() }).nullish(),
});
export type GuardMessageBody = z.infer<typeof guardMessage>;

export const guardBody = z.object({
  session,
  messages: z
    .array(guardMessage)
    .min(1, 'must hold at least one message')
    .max(MOST_MESSAGES, `must hold at most ${MOST_MESSAGES} messages`),
  /** Tools as they are offered to the model: their descriptions are looked at too. */
  tools: z.array(z.record(z.string(), z.unknown())).max(1000).nullish(),
  override_enabled_policies: policyIds,
  policy: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(MOST_POLICIES)]).nullish(),
  policies,
  override_response: overrideResponse,
  fail_fast: z.boolean().nullish(),
  breakdown_all: z.boolean().nullish(),
  /** Who calls, by its own account; changes nothing. */
  application: z.string().nullish(),
});
export type GuardBody = z.infer<typeof guardBody>;

export const detokenizeBody = z
  .object({
    session,
    tokens: z.array(z.string().max(200)).max(1000, 'must hold at most 1000 tokens').nullish(),
    text: z.string().max(1_000_000).nullish(),
  })
  .refine((body) => (body.tokens == null) !== (body.text == null), {
    message: 'needs either tokens or text',
    path: ['tokens'],
  });
