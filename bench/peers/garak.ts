// garak: a probe of the prompts, put beside its own, with its detector by words.
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromPyPi, KEY, type Peer, pythonOf, scriptOf } from './peer.ts';

const VERSION = '0.17.1';

/** Where pip has put it: the folder is named after the Python. */
function packageOf(home: string): string {
  const [python = ''] = readdirSync(join(home, 'lib')).filter((name) => name.startsWith('python'));
  return join(home, 'lib', python, 'site-packages', 'garak');
}

export const garak: Peer = {
  name: 'garak',
  version: VERSION,
  install(home) {
    fromPyPi(`garak==${VERSION}`)(home);
  },
  command({ home, work, promptsFile, url, concurrency }) {
    copyFileSync(scriptOf('garak-probe.py'), join(packageOf(home), 'probes', 'bench.py'));
    const options = JSON.stringify({ openai: { OpenAICompatible: { uri: url } } });
    return {
      file: pythonOf(home),
      args: [
        ...['-m', 'garak', '--target_type', 'openai.OpenAICompatible', '--target_name', 'bench'],
        ...['--probes', 'bench.Prompts', '--generations', '1', '--parallel_attempts', String(concurrency)],
        ...['--generator_options', options, '--skip_unknown'],
      ],
      env: {
        OPENAICOMPATIBLE_API_KEY: KEY,
        BENCH_PROMPTS: promptsFile,
        XDG_DATA_HOME: work,
        XDG_CONFIG_HOME: work,
        XDG_CACHE_HOME: work,
      },
    };
  },
};
