// Hardening over our own API and from the command line, on a finished scan of the simulated target.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { waitFor } from './fakes/wait-for.ts';

let folder: string;
let server: TestServer;
let scan: string;

type Body = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${server.url}/api/redoubt/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${server.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
}

const scanBody = (name: string) => ({
  name,
  target: { kind: 'simulated', profile: 'naive', concurrency: 16 },
  datasets: ['Privacy', 'Societal Harmfulness'],
  attacks: ['direct', 'persona', 'prefix-injection', 'refusal-suppression'],
  limit: 40,
});

beforeAll(async () => {
  folder = newFolder('harden');
  server = await startServer({ data: folder });
  const started = await call('POST', '/scans', scanBody('to harden'));
  scan = String(started.body.scan_id);
  await waitFor(
    'the end of the scan',
    async () => (await call('GET', `/scans/${scan}`)).body.status === 'Finished',
    60_000,
  );
}, 90_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('hardening over the API', () => {
  it('drafts and proves, keeps every candidate, and promotes none where it is asked not to', async () => {
    const { status, body } = await call('POST', `/scans/${scan}/harden`, { promote: false });
    expect(status).toBe(200);
    expect(body).toMatchObject({ scan_id: scan, simulated: true, harmless_n: expect.any(Number) });
    const candidates = body.candidates as Body[];
    expect(candidates.length).toBeGreaterThan(0);
    for (const each of candidates) {
      expect(each).toMatchObject({ promoted: false, reason: expect.any(String) });
      expect((each.asked_by as string[]).length).toBeGreaterThan(0);
    }
    const listed = await call('GET', '/hardenings');
    expect(listed.body.total).toBe(candidates.length);
    expect(listed.body.hardenings).toHaveLength(candidates.length);
    expect((listed.body.hardenings as Body[])[0]).toMatchObject({
      scan_id: scan,
      state: 'draft',
      policy_version: null,
    });
    expect((await call('GET', '/hardenings?limit=1')).body.hardenings).toHaveLength(1);
  });

  it('asks for no rule because of a test whose verdict a person marked wrong', async () => {
    const askedBy = async (): Promise<string[]> => {
      const { body } = await call('POST', `/scans/${scan}/harden`, { promote: false });
      return (body.candidates as Body[]).flatMap((each) => each.asked_by as string[]);
    };
    const [wrong] = await askedBy();
    const mark = `/scans/${scan}/marks/${encodeURIComponent(wrong!)}`;
    expect((await call('PUT', mark, { outcome: 'defended', reason: 'it only tells a story' })).status).toBeLessThan(
      300,
    );
    expect(await askedBy()).not.toContain(wrong);
    expect((await call('PUT', mark, { outcome: 'breached', reason: 'no, it tells how' })).status).toBeLessThan(300);
    expect(await askedBy()).toContain(wrong);
    await call('DELETE', mark);
  });

  it('rolls back what was promoted, once', async () => {
    const rules = [{ detector: 'contains', reference: 'a phrase', action: 'block' }];
    await call('PUT', '/policies/harden-own', { id: 'harden-own', rules, by_default: true });
    const [row] = (await call('GET', '/hardenings')).body.hardenings as Body[];
    await server.redoubt.store.db
      .updateTable('hardenings')
      .set({ state: 'promoted', policy_id: 'harden-own', policy_version: 1, reason: null })
      .where('id', '=', String(row!.id))
      .execute();
    const reason = 'a complaint';
    expect((await call('POST', '/hardenings/harden-own/roll-back', { reason: ' ' })).status).toBe(400);
    expect((await call('POST', '/hardenings/harden-own/roll-back', { reason })).status).toBe(204);
    expect((await call('POST', '/hardenings/harden-own/roll-back', { reason })).status).toBe(404);
    const [after] = (await call('GET', '/hardenings')).body.hardenings as Body[];
    expect(after).toMatchObject({ state: 'rolled_back', reason });
    expect((await call('GET', '/policies/harden-own')).body).toMatchObject({ policy: { by_default: false } });
  });

  it.each<[string, () => Promise<{ status: number; body: Body }>, number]>([
    ['a budget above 1', () => call('POST', `/scans/${scan}/harden`, { fpr: 2 }), 400],
    ['a scan that does not exist', () => call('POST', '/scans/nothing/harden', {}), 404],
    ['a promotion that does not stand', () => call('POST', '/hardenings/nothing/roll-back', { reason: 'x' }), 404],
  ])('refuses %s', async (_, asked, status) => {
    const answer = await asked();
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { message: expect.any(String) } });
  });
});

describe.skipIf(notBuilt !== null)(suiteName('redoubt harden', notBuilt), () => {
  const run = (...args: string[]) => redoubt(['harden', ...args, '--data', folder]).ended;

  it('prints candidates with their proof, as lines and as JSON', async () => {
    const text = await run(scan, '--draft', '--by', 'Ana');
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/The target is simulated/);
    expect(text.stdout).toMatch(/attack success {2}.*held-out tests of \d+ cases, p = .* after Holm/);
    expect(text.stdout).toMatch(/not promoted {4}/);
    const json = await run(scan, '--draft', '--json', '--fpr', '0.01');
    const { candidates } = JSON.parse(json.stdout) as { candidates: Body[] };
    for (const each of candidates)
      for (const key of [
        'attack_success_before',
        'attack_success_after',
        'intervals',
        'held_out_n',
        'false_positive_rate',
        'promoted',
        'policy_id',
      ])
        expect(each).toHaveProperty(key);
  });

  it('puts a policy of a file to the proof', async () => {
    const policy = join(folder, 'own.yaml');
    writeFileSync(
      policy,
      'id: own-words\nrules:\n  - detector: contains\n    reference: [zebra crossing]\n    action: block\n',
    );
    expect((await run(scan, '--policy', policy)).stdout).toMatch(/^Draft: own-words$/m);
    const { code, stdout } = await run(scan, '--policy', policy, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ candidates: [{ policy_id: 'own-words', promoted: false }] });
  });

  it('looks at what was promoted once, and says where there is nothing', async () => {
    const { code, stderr } = await run('--watch', '--once');
    expect(code).toBe(0);
    expect(stderr).toMatch(/No promoted policy/);
  });

  it.each([
    ['no scan', [], /name a finished scan/],
    ['a scan that does not exist', ['01900000-0000-7000-8000-000000000000'], /does not exist|no scan/i],
    ['a budget above 1', ['x', '--fpr', '2'], /--fpr/],
    ['a promotion that does not stand', ['--roll-back', 'nothing'], /does not exist/],
    ['a policy that is no YAML', ['SCAN', '--policy', 'BROKEN'], /^\S*broken\.yaml: Flow sequence [^\n]*\.\n$/],
  ])('ends with 2 for %s', async (_, args, sentence) => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'id: [\n');
    const given: Record<string, string> = { SCAN: scan, BROKEN: broken };
    const { code, stderr } = await run(...args.map((arg) => given[arg] ?? arg));
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
  });
});
