// DeepTeam: a library, driven by a short script; it stores nothing, so that its figures are a best case.
import { fromPyPi, KEY, type Peer, pythonOf, scriptOf } from './peer.ts';

const VERSION = '1.0.10';

export const deepteam: Peer = {
  name: 'deepteam',
  version: VERSION,
  // It imports sentry_sdk and does not say so.
  install: fromPyPi(`deepteam==${VERSION}`, 'sentry_sdk'),
  command: ({ home, promptsFile, url, concurrency }) => ({
    file: pythonOf(home),
    args: [scriptOf('deepteam-run.py'), String(concurrency)],
    env: {
      OPENAI_BASE_URL: url,
      OPENAI_API_KEY: KEY,
      BENCH_PROMPTS: promptsFile,
      DEEPEVAL_TELEMETRY_OPT_OUT: 'YES',
      DEEPTEAM_TELEMETRY_OPT_OUT: 'YES',
      TELEMETRY_OPT_OUT: 'YES',
      ERROR_REPORTING: 'NO',
    },
  }),
};
