// Names the keys of a body that mean nothing to us: a misspelt one must not be lost without a word.

const known = {
  eval: new Set([
    'session',
    'messages',
    'enabled_policies',
    'policies',
    'override_response',
    'fail_fast',
    'breakdown_all',
  ]),
  guard: new Set([
    'session',
    'messages',
    'tools',
    'override_enabled_policies',
    'policy',
    'policies',
    'override_response',
    'fail_fast',
    'breakdown_all',
    'application',
  ]),
  policy: new Set([
    'id',
    'definition',
    'target',
    'detectors',
    'override_response',
    'on_failure',
    'time_limit_ms',
    'default',
  ]),
  detector: new Set(['model', 'expected', 'threshold', 'reference']),
} as const;

const MOST_NAMED = 20;

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const listOf = (value: unknown, key: string): unknown[] => {
  const held = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(held) ? held : [];
};

const unknownIn = (value: unknown, allowed: ReadonlySet<string>, place: string): string[] =>
  keysOf(value)
    .filter((key) => !allowed.has(key))
    .map((key) => place + key);

/** The value of `x-redoubt-ignored`; null where every key is known. Keys that no header can carry lose those characters. */
export function ignoredKeys(kind: 'eval' | 'guard' | 'policy', body: unknown): string | null {
  const inPolicy = (policy: unknown, place: string): string[] => [
    ...unknownIn(policy, known.policy, place),
    ...listOf(policy, 'detectors').flatMap((detector, index) =>
      unknownIn(detector, known.detector, `${place}detectors[${index}].`),
    ),
  ];
  const found =
    kind === 'policy'
      ? inPolicy(body, '')
      : [
          ...unknownIn(body, known[kind], ''),
          ...listOf(body, 'policies').flatMap((policy, index) => inPolicy(policy, `policies[${index}].`)),
        ];
  if (found.length === 0) return null;
  return found
    .slice(0, MOST_NAMED)
    .map((name) => name.replace(/[^\w.[\]-]/g, '').slice(0, 100))
    .join(', ');
}
