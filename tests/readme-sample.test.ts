// The sample in README is what the command prints today.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { comparisonText } from '../src/cli/comparison-text.ts';
import { openConfiguredJudge } from '../src/compose.ts';
import { readSettings } from '../src/config.ts';
import { sha256OfFile } from '../src/scan/file-hash.ts';
import { comparisonData } from '../src/scan/imports/comparison-report.ts';
import { judgeFile } from '../src/scan/imports/judge-file.ts';
import { readText } from './source-files.ts';

const SAMPLE = 'contracts/imports/promptfoo.json';

it('README shows what "redoubt judge" prints for its sample; where a judge decides otherwise now, put it in anew', async () => {
  const path = join(import.meta.dirname, '..', SAMPLE);
  const { file, rows } = await judgeFile(path, openConfiguredJudge(readSettings({}, {})).judging, { highMeans: null });
  for await (const _ of rows);
  const software = { version: '1', commit: null };
  const text = comparisonText(comparisonData(file, { name: path, sha256: await sha256OfFile(path) }, software, []));
  const shown = text.split('\n').filter((line) => /^ {2}\S|^(?:Agreement|Coverage)\b/.test(line));
  const [, sample] = readText('README.md').split(`$ npx redoubt judge ${SAMPLE}\n`);
  expect(sample?.split('\n```', 1)[0]?.split('\n')).toEqual(shown);
});
