// PyRIT: a library, driven by a short script that hands all prompts to its executor; its memory is a file.
import { fromPyPi, KEY, type Peer, pythonOf, scriptOf } from './peer.ts';

const VERSION = '1.1.0';

export const pyrit: Peer = {
  name: 'pyrit',
  version: VERSION,
  install: fromPyPi(`pyrit==${VERSION}`),
  command: ({ home, work, promptsFile, url, concurrency }) => ({
    file: pythonOf(home),
    args: [scriptOf('pyrit-run.py'), String(concurrency)],
    env: {
      OPENAI_CHAT_ENDPOINT: url,
      OPENAI_CHAT_KEY: KEY,
      OPENAI_CHAT_MODEL: 'bench',
      BENCH_PROMPTS: promptsFile,
      XDG_DATA_HOME: work,
      XDG_CONFIG_HOME: work,
    },
  }),
};
