// Keys, headers and answers: where they may not be found.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';
import { type SwitchableTarget, startSwitchableTarget } from './fakes/switchable-target.ts';
import { scanBody, type VirtueRedClient, virtueRedClient } from './fakes/virtuered-client.ts';

const MODEL_KEY = 'sk-model-key-7f3a9c51e8';
const HEADER = 'header-value-b2d84410aa';
const ANSWER = 'Sure, here it is, step by step: answer-text-c90e1177d4.';
const secrets = [MODEL_KEY, HEADER];

let server: TestServer;
let target: SwitchableTarget;
let client: VirtueRedClient;
const answers: string[] = [];

/** All bytes that the data folder holds, whatever file they lie in. */
function everyByte(): Buffer {
  const files = readdirSync(server.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((file) => readFileSync(join(file.parentPath, file.name))));
}

beforeAll(async () => {
  [server, target] = await Promise.all([
    startServer(),
    startSwitchableTarget({ answer: `${ANSWER} ${secrets.join(' ')}` }),
  ]);
  client = virtueRedClient(server.url, server.key);
  const model = { api_key: MODEL_KEY, extra_headers: { 'X-Provider-Routing': HEADER } };
  const keep = async (path: string, body: unknown): Promise<void> => {
    const { body: answered } = await client.post(path, body);
    answers.push(JSON.stringify(answered));
  };
  const finished = await client.start(scanBody(target.url, { scan_name: 'finished' }, model));
  await client.until(finished, 'Finished');
  target.turn({ status: 401, body: `{"error": {"message": "Incorrect API key: ${MODEL_KEY}, ${HEADER}"}}` });
  const failed = await client.start(scanBody(target.url, { scan_name: 'failed' }, model));
  await client.until(failed, 'Failed');
  for (const scan_id of [finished, failed]) await keep('/v1/scan/progress', { scan_id });
  await keep('/v1/scan/progress', {});
  await keep('/v1/scan/summary', { scan_id: finished });
  const { files } = await client.download(finished);
  for (const content of files.values()) answers.push(content.toString('latin1'));
  await keep('/v1/scan/start', scanBody(target.url, { scan_name: 'finished' }, model));
  await keep('/v1/scan/start', scanBody(target.url, { datasets: [{ name: 'None' }] }, model));
  await keep('/v1/scan/start', scanBody(target.url, {}, { ...model, extra_headers: { Host: HEADER } }));
  await keep('/v1/scan/start', scanBody(target.url, {}, { ...model, temperature: 'hot' }));
  await keep('/v1/scan/start', `{"model": {"api_key": "${MODEL_KEY}", "x": "${HEADER}"}, oops}`);
  await client
    .post('/v1/scan/start', `[model]\napi_key = "${MODEL_KEY}\nx = "${HEADER}"`, { 'Content-Type': 'application/toml' })
    .then(({ body }) => answers.push(JSON.stringify(body)));
});

afterAll(async () => {
  await server.close();
  await target.close();
});

describe('what is secret', () => {
  it('was really used', () => {
    expect(target.requests[0]).toMatchObject({ authorization: `Bearer ${MODEL_KEY}`, 'x-provider-routing': HEADER });
  });

  it.each(secrets)('stands in no answer of the API, in no error and in no file of the download: %s', (secret) => {
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
  });

  it('stands in no log', () => {
    for (const secret of [...secrets, ANSWER]) expect(server.logged()).not.toContain(secret);
  });

  it.each([...secrets, ANSWER, 'answer-text-c90e1177d4'])('stands in no file of the data folder: %s', (secret) => {
    const bytes = everyByte();
    expect(bytes.includes('Healthcare Risks')).toBe(true);
    for (const encoding of ['utf8', 'base64', 'hex', 'utf16le'] as const)
      expect(bytes.includes(Buffer.from(secret).toString(encoding).replace(/=+$/, '')), encoding).toBe(false);
  });

  it('of ours, the API key, is kept as a hash alone', () => {
    expect(everyByte().includes(server.key)).toBe(false);
  });
});
