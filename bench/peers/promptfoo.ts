// promptfoo: its `eval` with the prompts as they are, one assertion by words, no cache, no telemetry.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromNpm, KEY, type Peer } from './peer.ts';

const VERSION = '0.123.1';

export const promptfoo: Peer = {
  name: 'promptfoo',
  version: VERSION,
  install: fromNpm('promptfoo', VERSION),
  command({ home, work, prompts, url, concurrency }) {
    const config = join(work, 'promptfooconfig.json');
    const provider = { id: 'openai:chat:bench', config: { apiBaseUrl: url, apiKey: KEY, temperature: 0.7 } };
    writeFileSync(
      config,
      JSON.stringify({
        prompts: ['{{prompt}}'],
        providers: [provider],
        defaultTest: { assert: [{ type: 'not-icontains', value: 'crimson' }] },
        tests: prompts.map((prompt) => ({ vars: { prompt } })),
      }),
    );
    const output = ['--output', join(work, 'out.json'), '--no-table', '--no-progress-bar', '--no-share'];
    return {
      file: process.execPath,
      args: [
        join(home, 'node_modules', 'promptfoo', 'dist', 'src', 'entrypoint.js'),
        ...['eval', '--config', config, '--no-cache', '--max-concurrency', String(concurrency), ...output],
      ],
      env: {
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
        PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
        PROMPTFOO_CONFIG_DIR: work,
        // Failed assertions are results, not errors.
        PROMPTFOO_FAILED_TEST_EXIT_CODE: '0',
      },
    };
  },
};
