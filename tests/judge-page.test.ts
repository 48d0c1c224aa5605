// The upload page: a form that works without a script, a table as the answer, and a sentence for whatever goes wrong.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ worker: false });
});
afterAll(() => server.close());

const garak = readFileSync(join(import.meta.dirname, '..', 'contracts', 'imports', 'garak.report.jsonl'));

interface Sent {
  readonly key?: string;
  readonly show?: string;
  readonly content?: Buffer | string;
  readonly name?: string;
}

async function send({ key = server.key, show = 'page', content = garak, name = 'run.report.jsonl' }: Sent = {}) {
  const form = new FormData();
  form.set('key', key);
  form.set('show', show);
  form.set('high_means', '');
  form.set('file', new Blob([content]), name);
  const response = await fetch(`${server.url}/judge`, { method: 'POST', body: form });
  return { response, text: await response.text() };
}

describe('the page', () => {
  it('is a form without a script, under a strict policy', async () => {
    const response = await fetch(`${server.url}/judge`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('enctype="multipart/form-data"');
    expect(page).toContain('64 MB');
    expect(page).not.toContain('<script');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'/);
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('answers a file with the table, whatever its name is made of', async () => {
    const { response, text } = await send({ name: '<b>run.jsonl' });
    expect(response.status).toBe(200);
    expect(text).toContain('&lt;b&gt;run');
    expect(text).toContain('garak 0.17.1');
    expect(text).toMatch(/Errors they counted as a pass<\/td><td class="number"><strong>3</);
  });

  it('gives a PDF, or a line for every row', async () => {
    const pdf = await send({ show: 'pdf' });
    expect(pdf.response.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
    const lines = (await send({ show: 'lines' })).text.trimEnd().split('\n');
    expect(lines).toHaveLength(15);
    expect(JSON.parse(lines[0]!)).toMatchObject({ theirs: 'held', outcome: expect.any(String) as string });
  });
});

describe('what cannot be judged', () => {
  it.each<[string, () => Sent, number, string]>([
    ['a wrong key', () => ({ key: 'nonsense' }), 401, 'API key is not valid'],
    ['no key', () => ({ key: '' }), 401, 'No API key was sent'],
    ['an unknown format', () => ({ content: 'hello' }), 400, 'begins no format that is known'],
    ['an empty file', () => ({ content: '' }), 400, 'the file is empty'],
    ['a way of answering that is none', () => ({ show: 'song' }), 400, '&quot;song&quot; is not known'],
    ['a file that is too large', () => ({ content: Buffer.alloc(65 * 1024 * 1024, 32) }), 413, 'larger than 64 MB'],
  ])('%s is a sentence on the page', async (_, sent, status, sentence) => {
    const { response, text } = await send(sent());
    expect(response.status).toBe(status);
    expect(text).toContain(sentence);
    expect(text).toContain('<form');
  });

  it('a body that is no form is refused', async () => {
    const response = await fetch(`${server.url}/judge`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('multipart/form-data');
  });
});
