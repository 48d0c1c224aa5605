// The gateway of a real server before a scripted model, with a policy that denies and one that redacts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { completionOf, type ScriptedUpstream, sendJson, startScriptedUpstream } from './scripted-upstream.ts';
import { startServer } from './server.ts';

/** What the policy `no-otters` denies; `no-names` redacts "Ottilie Fenwick". */
export const SECRET = 'OTTER-4417-LANTERN';

const policyFiles: Readonly<Record<string, string>> = {
  'no-otters.yaml': `id: no-otters
targets: [user, assistant, tool, context]
override_response: This is not for you.
rules:
  - { detector: contains, action: block, reference: ["${SECRET}"] }
`,
  'no-names.yaml': `id: no-names
targets: [user, assistant]
rules:
  - { detector: contains, action: redact, reference: ["Ottilie Fenwick"] }
`,
  'no-tool-names.yaml': `id: no-tool-names
targets: [tool]
rules:
  - { detector: contains, action: redact, reference: ["Ottilie Fenwick"] }
`,
  'no-towns.yaml': `id: no-towns
targets: [user, assistant]
override_response: No towns here.
rules:
  - { detector: contains, action: redact, reference: ["Little Wexcombe"] }
`,
};

export interface GuardedGateway {
  readonly upstream: ScriptedUpstream;
  /** Of the gateway, without a slash at its end. */
  readonly url: string;
  readonly key: string;
  /** Sends a body under both policies; a text goes as it is. */
  call(body: unknown, headers?: Record<string, string>, path?: string): Promise<Response>;
  close(): Promise<void>;
}

/** One for all tests of a file; before each of them its upstream has heard nothing and says "Good day.". */
export function gatewayOfFile(): GuardedGateway {
  let opened: GuardedGateway;
  beforeAll(async () => {
    opened = await startGuardedGateway();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    opened.upstream.calls.length = 0;
    opened.upstream.answer = (_call, response) => sendJson(response, 200, completionOf({ content: 'Good day.' }));
  });
  return {
    get upstream() {
      return opened.upstream;
    },
    get url() {
      return opened.url;
    },
    get key() {
      return opened.key;
    },
    call: (...asked) => opened.call(...asked),
    close: () => opened.close(),
  };
}

export interface WholeAnswer {
  readonly choices: readonly { readonly message: Record<string, unknown>; readonly finish_reason: string }[];
  readonly error?: { readonly message: string; readonly type: string; readonly code: string };
}

export const readWhole = async (response: Response): Promise<WholeAnswer> => (await response.json()) as WholeAnswer;

/** `model`: what the upstream calls its model. */
export async function startGuardedGateway(model = 'scripted-7b'): Promise<GuardedGateway> {
  const data = mkdtempSync(join(tmpdir(), 'redoubt-gateway-'));
  mkdirSync(join(data, 'policies'));
  for (const [name, text] of Object.entries(policyFiles)) writeFileSync(join(data, 'policies', name), text);
  const upstream = await startScriptedUpstream();
  const models = {
    house: { base_url: upstream.url, api_key: 'upstream-key', api_key_env: null, model },
  };
  const server = await startServer({ data, worker: false, settings: { models } });
  const url = `${server.url}/gateway/v1`;
  return {
    upstream,
    url,
    key: server.key,
    call: (body, headers = {}, path = '/chat/completions') =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.key}`,
          'content-type': 'application/json',
          'x-redoubt-policies': 'no-otters,no-names',
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await server.close();
      await upstream.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export const say = (content: string, more: object = {}): object => ({
  model: 'house',
  messages: [{ role: 'user', content }],
  ...more,
});
