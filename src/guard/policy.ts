// What a policy is, and how one is written: in YAML files and stored, in our own words.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type GuardRole, guardRoles } from './message.ts';

export const actions = ['block', 'redact', 'flag', 'strip'] as const;
/**
 * What follows when a detector fires. block: the text is refused. redact: what was found is replaced, nothing refused.
 * flag: told, nothing else. strip: the windows that fired are cut out, the rest stays.
 */
export type Action = (typeof actions)[number];

/** What a detector that could not decide means: the door is shut, or stays open. */
export type OnFailure = 'closed' | 'open';

export interface PolicyRule {
  readonly detector: string;
  readonly action: Action;
  /** In 0..1; null: the detector's own. */
  readonly threshold: number | null;
  /** What the detector is to look for; undefined where it takes nothing. */
  readonly reference?: unknown;
}

export interface Policy {
  readonly id: string;
  /** Raised with every change of a stored policy; files say theirs. */
  readonly version: number;
  readonly definition: string | null;
  /** Roles whose messages are looked at. */
  readonly targets: readonly GuardRole[];
  readonly rules: readonly PolicyRule[];
  readonly onFailure: OnFailure;
  /** Milliseconds that one detector may take over one request. */
  readonly timeLimitMs: number;
  /** Said in place of an answer when the policy denies; null: nothing. */
  readonly overrideResponse: string | null;
  /** Holds for requests that name no policy. */
  readonly byDefault: boolean;
}

export const DEFAULT_TIME_LIMIT_MS = 2000;
const MOST_RULES = 50;
const MOST_POLICY_BYTES = 256 * 1024;

const ruleSchema = z.strictObject({
  detector: z.string().min(1),
  action: z.enum(actions).default('block'),
  threshold: z.number().min(0).max(1).nullable().default(null),
  reference: z.unknown().optional(),
});

export const policySchema = z
  .strictObject({
    id: z.string().regex(/^[\w.-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, dashes or underscores'),
    version: z.number().int().min(1).default(1),
    definition: z.string().max(10_000).nullable().default(null),
    targets: z.array(z.enum(guardRoles)).min(1).default(['user']),
    rules: z.array(ruleSchema).min(1, 'must hold at least one rule').max(MOST_RULES),
    on_failure: z.enum(['closed', 'open']).default('closed'),
    time_limit_ms: z.number().int().min(1).max(60_000).default(DEFAULT_TIME_LIMIT_MS),
    override_response: z.string().max(10_000).nullable().default(null),
    by_default: z.boolean().default(false),
  })
  .refine((policy) => JSON.stringify(policy).length <= MOST_POLICY_BYTES, 'must hold at most 256 KB')
  .transform(
    (written): Policy => ({
      id: written.id,
      version: written.version,
      definition: written.definition,
      targets: written.targets,
      rules: written.rules,
      onFailure: written.on_failure,
      timeLimitMs: written.time_limit_ms,
      overrideResponse: written.override_response,
      byDefault: written.by_default,
    }),
  );

/** The policy as it is written; policySchema reads it back. */
export const writtenPolicy = (policy: Policy): z.input<typeof policySchema> => ({
  id: policy.id,
  version: policy.version,
  definition: policy.definition,
  targets: [...policy.targets],
  rules: policy.rules.map((rule) => ({ ...rule })),
  on_failure: policy.onFailure,
  time_limit_ms: policy.timeLimitMs,
  override_response: policy.overrideResponse,
  by_default: policy.byDefault,
});

/** What it says, whatever its version. */
export const sayingOf = (policy: Policy): z.input<typeof policySchema> => writtenPolicy({ ...policy, version: 1 });

/** As JSON, which is how it is stored. */
const stored = (policy: Policy): unknown => JSON.parse(JSON.stringify(sayingOf(policy)));

export const saysTheSame = (one: Policy, other: Policy): boolean => isDeepStrictEqual(stored(one), stored(other));
