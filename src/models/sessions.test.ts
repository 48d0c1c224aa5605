import { describe, expect, it } from 'vitest';
import { createSessions, type SessionResult } from './sessions.ts';

const counting = () => {
  let begun = 0;
  return async (): Promise<SessionResult> => ({ ok: true, id: `s${++begun}` });
};

describe('sessions', () => {
  it('begins one for each conversation, once, even when asked twice at a time', async () => {
    const sessions = createSessions();
    const begin = counting();
    const [first, second] = await Promise.all([sessions.of('a', begin), sessions.of('a', begin)]);
    expect(first).toEqual({ ok: true, id: 's1', isNew: true });
    expect(second).toEqual({ ok: true, id: 's1', isNew: false });
    expect(await sessions.of('b', begin)).toMatchObject({ id: 's2' });
  });

  it('forgets the one that was not used for longest', async () => {
    const sessions = createSessions(2);
    const begin = counting();
    await sessions.of('a', begin);
    await sessions.of('b', begin);
    await sessions.of('a', begin);
    await sessions.of('c', begin);
    expect(sessions.count()).toBe(2);
    expect(await sessions.of('a', begin)).toMatchObject({ id: 's1' });
    expect(await sessions.of('b', begin)).toMatchObject({ id: 's4' });
  });

  it('tries again after a failure', async () => {
    const sessions = createSessions();
    const failure = { kind: 'timeout', status: null, message: 'x', retryAfterMs: null } as const;
    expect(await sessions.of('a', async () => ({ ok: false, failure }))).toMatchObject({ ok: false });
    expect(await sessions.of('a', counting())).toMatchObject({ ok: true, id: 's1' });
  });
});
