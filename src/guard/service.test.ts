import { describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { openPolicy, ownWords } from './open-policy.ts';
import { type Policy, policySchema, writtenPolicy } from './policy.ts';
import { createGuardService, type GuardRequest, type GuardService } from './service.ts';

const services = { judge: null };
const words = (id: string, phrase: string): Policy =>
  policySchema.parse({ id, rules: [{ detector: 'contains', reference: phrase }] });

async function guardWith(stored: readonly Policy[], byDefault: readonly string[] = []): Promise<GuardService> {
  const open = await Promise.all(stored.map((policy) => openPolicy(policy, services, ownWords(policy.id))));
  return createGuardService({
    clock: systemClock,
    services,
    sessionRisk: () => ({ weigh: async () => 0 }),
    onDecided: () => undefined,
    tokens: { makerFor: () => Promise.reject(new Error('not asked')), reveal: async () => null },
    policies: {
      find: async (_project, id) => open.find((each) => each.policy.id === id),
      defaults: async () => open.filter((each) => byDefault.includes(each.policy.id)),
      all: async () => open,
    },
  });
}

const request = (changes: Partial<GuardRequest>): GuardRequest => ({
  projectId: 'default',
  messages: [{ role: 'user', content: 'red, green and blue' }],
  session: null,
  inline: [],
  enabled: [],
  fields: { inline: 'policies', enabled: 'enabled', words: ownWords('') },
  overrideResponse: null,
  failFast: true,
  ...changes,
});

describe('which policies hold', () => {
  const inline = [words('a', 'red'), words('b', 'green')];
  it.each([
    ['neither list: the default set', {}, ['stored']],
    ['only those of the request', { inline }, ['a', 'b']],
    ['exactly those that are enabled', { inline, enabled: ['b'] }, ['b']],
    ['stored ones too', { inline, enabled: ['other', 'b'] }, ['other', 'b']],
    [
      'all of the request that bear an enabled id',
      { inline: [words('a', 'pink'), ...inline], enabled: ['a'] },
      ['a', 'a'],
    ],
    ['of the request first', { inline: [words('stored', 'red')], enabled: ['stored'] }, ['stored']],
  ])('%s', async (_what, changes, expected) => {
    const guard = await guardWith([words('stored', 'blue'), words('other', 'yellow')], ['stored']);
    const { decision } = await guard.check(request({ ...changes, failFast: false }));
    expect(decision.findings.map((finding) => finding.policyId)).toEqual(expected);
  });

  it('refuses an unknown policy, and names the known ones', async () => {
    const guard = await guardWith([words('stored', 'blue')]);
    await expect(guard.check(request({ inline, enabled: ['b', 'c'] }))).rejects.toThrow(
      'enabled[1]: "c" is not known. Allowed: a, b, stored.',
    );
  });

  it.each([
    ['an unknown detector', { detector: 'nonsense' }, /^policies\[0\]\.rules\[0\]\.detector: "nonsense" is not known/],
    ['a reference that is missing', { detector: 'contains' }, /needs a phrase or a list of phrases/],
    ['a reference that does not fit', { detector: 'contains', reference: 7 }, /takes a phrase or a list of phrases/],
  ])('refuses %s', async (_what, rule, sentence) => {
    const guard = await guardWith([]);
    const policy = policySchema.parse({ id: 'x', rules: [rule] });
    await expect(guard.check(request({ inline: [policy] }))).rejects.toThrow(sentence);
  });
});

it('a policy is written as it is read', () => {
  const policy = words('a', 'red');
  expect(policySchema.parse(writtenPolicy(policy))).toEqual(policy);
});
