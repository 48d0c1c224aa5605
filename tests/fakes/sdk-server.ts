// What the tests of every SDK run against: the built `redoubt serve` with a key and a model, and the simulated target.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_KEY, newFolder, redoubt, type Served, serve, until } from './command-line.ts';

export interface SdkServer {
  readonly url: string;
  readonly key: string;
  /** Base URL of the simulated target, ending in /v1. */
  readonly target: string;
  readonly command: Served;
  /** A key of another project, which is made too. */
  keyOf(project: string): Promise<string>;
  close(): Promise<void>;
}

/** Ends what an earlier test left, too: one server a file. */
export async function startSdkServer(): Promise<SdkServer> {
  const data = newFolder('sdk-data');
  const model = redoubt(['target', '--port', '0', '--profile', 'naive']);
  const target = await until('the target listens', () => /at (http\S+),/.exec(model.output())?.[1]);
  writeFileSync(
    join(data, 'redoubt.yaml'),
    `models:\n  gpt-4o: { base_url: ${target}, api_key_env: MODEL_KEY }\nguard: { log_sample: 1 }\n`,
  );
  const env = { MODEL_KEY: 'any', OPENAI_BASE_URL: target, OPENAI_API_KEY: 'any' };
  const command = await serve(data, [], { env });
  return {
    url: command.url,
    key: API_KEY,
    target,
    command,
    async keyOf(project) {
      const made = await redoubt(['keys', 'create', 'another', '--project', project, '--json', '--data', data], { env })
        .ended;
      return (JSON.parse(made.stdout) as { readonly key: string }).key;
    },
    async close() {
      for (const { child, ended } of [command, model]) {
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
