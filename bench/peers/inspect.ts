// Inspect: an `eval` of one task over the prompts, scored by words.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromPyPi, KEY, type Peer, pythonOf, scriptOf } from './peer.ts';

const VERSION = '0.3.285';

export const inspect: Peer = {
  name: 'inspect',
  version: VERSION,
  install: fromPyPi(`inspect_ai==${VERSION}`, 'openai'),
  command({ home, work, promptsFile, url, concurrency }) {
    // It reads tasks below the working folder alone.
    copyFileSync(scriptOf('inspect-task.py'), join(work, 'task.py'));
    return {
      file: pythonOf(home),
      args: [
        ...['-m', 'inspect_ai', 'eval', 'task.py', '--model', 'openai/bench', '--display', 'none'],
        ...[
          '-M',
          'responses_api=false',
          '--max-connections',
          String(concurrency),
          '--max-samples',
          String(concurrency),
        ],
        ...['--log-dir', work],
      ],
      env: { OPENAI_BASE_URL: url, OPENAI_API_KEY: KEY, BENCH_PROMPTS: promptsFile },
    };
  },
};
