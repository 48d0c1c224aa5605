import { expect, test } from 'vitest';
import { createInlinePolicies } from './inline-policies.ts';
import { ownWords } from './open-policy.ts';
import { type Policy, policySchema } from './policy.ts';

const policy = (phrase: string): Policy =>
  policySchema.parse({ id: 'a', rules: [{ detector: 'contains', reference: phrase }] });

test('the same policy is made ready once, another one of the same id anew', async () => {
  const open = createInlinePolicies({ judge: null });
  const first = await open(policy('red'), ownWords('policies[0]'));
  expect(await open(policy('red'), ownWords('policies[7]'))).toBe(first);
  const other = await open(policy('blue'), ownWords('policies[0]'));
  expect(other.policy.rules[0]!.reference).toBe('blue');
});

test('the longest unused goes first', async () => {
  const open = createInlinePolicies({ judge: null });
  const first = await open(policy('red'), ownWords(''));
  for (let number = 0; number < 99; number++) await open(policy(`phrase ${number}`), ownWords(''));
  expect(await open(policy('red'), ownWords(''))).toBe(first);
  for (let number = 0; number < 100; number++) await open(policy(`word ${number}`), ownWords(''));
  expect(await open(policy('red'), ownWords(''))).not.toBe(first);
});

test('one that does not open is refused each time, at its own place', async () => {
  const open = createInlinePolicies({ judge: null });
  const wrong = policySchema.parse({ id: 'a', rules: [{ detector: 'contains' }] });
  await expect(open(wrong, ownWords('policies[0]'))).rejects.toThrow(/policies\[0\]\.rules\[0\]\.reference/);
  await expect(open(wrong, ownWords('policies[1]'))).rejects.toThrow(/policies\[1\]\.rules\[0\]\.reference/);
});
