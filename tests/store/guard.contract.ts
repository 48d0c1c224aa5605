// Contract of the store: policies, redaction tokens and decisions of the guard.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { auditOf, noteInAudit } from '../../src/store/audit.ts';
import {
  currentPolicies,
  deleteExpired,
  ensureSessionKey,
  insertDecisions,
  insertPolicy,
  insertTokens,
  latestDecisions,
  takeToken,
} from '../../src/store/guard.ts';
import type { GuardDecisionRow, GuardTokenRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { NOW } from './rows.ts';

export function guardContract(open: () => Store): void {
  describe('the guard', () => {
    let store: Store;
    beforeAll(() => {
      store = open();
    });

    it('keeps every version of a policy, and names the highest', async () => {
      const project = newId();
      const row = { project_id: project, id: 'a', body: '{}', created_by: 'somebody', created_at: NOW };
      expect(await insertPolicy(store, { ...row, version: 1 })).toBe(true);
      expect(await insertPolicy(store, { ...row, version: 2, body: '{"b":1}' })).toBe(true);
      expect(await insertPolicy(store, { ...row, version: 2 })).toBe(false);
      expect(await insertPolicy(store, { ...row, id: 'b', version: 1 })).toBe(true);
      const held = await currentPolicies(store, project);
      expect(held.map(({ id, version, body }) => `${id} ${version} ${body}`)).toEqual(['a 2 {"b":1}', 'b 1 {}']);
    });

    it('keeps the first key of a session until its time is over', async () => {
      const row = { project_id: newId(), session: 's', expires_at: NOW + 100 };
      const [first, second] = [Uint8Array.of(1), Uint8Array.of(2)];
      expect([...(await ensureSessionKey(store, { ...row, secret: first }, NOW))]).toEqual([1]);
      expect([...(await ensureSessionKey(store, { ...row, secret: second }, NOW + 50))]).toEqual([1]);
      expect([...(await ensureSessionKey(store, { ...row, secret: second }, NOW + 100))]).toEqual([2]);
    });

    const token = (changes: Partial<GuardTokenRow>): GuardTokenRow => ({
      project_id: 'tokens',
      session: '',
      token: '[A_1]',
      value: Uint8Array.of(7),
      expires_at: NOW + 100,
      ...changes,
    });

    it('gives what a token stands for once, in its session, while it lives', async () => {
      await insertTokens(store, [
        token({}),
        token({ token: '[A_2]' }),
        token({ session: 's', value: Uint8Array.of(8) }),
      ]);
      await insertTokens(store, [token({ expires_at: NOW + 500, value: Uint8Array.of(9) })]);
      expect(await takeToken(store, 'another', '', '[A_1]', NOW)).toBeNull();
      expect([...(await takeToken(store, 'tokens', '', '[A_1]', NOW + 400))!]).toEqual([7]);
      expect(await takeToken(store, 'tokens', '', '[A_1]', NOW)).toBeNull();
      expect(await takeToken(store, 'tokens', '', '[A_2]', NOW + 100)).toBeNull();
      expect([...(await takeToken(store, 'tokens', 's', '[A_1]', NOW))!]).toEqual([8]);
    });

    it('lists decisions newest first, and deletes those that are too old', async () => {
      const decision = (created_at: number): GuardDecisionRow => ({
        id: newId(),
        project_id: 'decisions',
        created_at,
        session: null,
        flagged: 1,
        denied: 0,
        redacted: 0,
        undecided: 0,
        findings: '[]',
        messages: Uint8Array.of(1, 2),
        ms: 0.5,
      });
      await insertDecisions(store, [decision(NOW), decision(NOW + 1), decision(NOW + 2)]);
      const times = async (most: number): Promise<number[]> =>
        (await latestDecisions(store, 'decisions', most)).map((row) => Number(row.created_at));
      expect(await times(2)).toEqual([NOW + 2, NOW + 1]);
      await deleteExpired(store, NOW + 1, NOW);
      expect(await times(10)).toEqual([NOW + 2, NOW + 1]);
    });

    it('adds to the audit log', async () => {
      const entry = { project_id: newId(), created_at: NOW, actor: 'a key', action: 'detokenize', subject: '[A_1]' };
      await noteInAudit(store, entry);
      expect(await auditOf(store, entry.project_id)).toEqual([{ ...entry, id: expect.any(String) }]);
    });
  });
}
