// Trains the local judge model: `npm run train:judge [-- --data FOLDER --out FOLDER]`. The same files give the same bytes.
// Ends with 0; with 2 and one line where the labelled files are missing.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packModel } from '../src/inference/weights-file.ts';
import { judgeFiles } from '../src/scan/judge-model/files.ts';
import { fitJudge } from './judge/fit.ts';
import { trainingRows } from './judge/material.ts';
import { findEvalData } from './judge/rows.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } });
const folder = findEvalData(root, values.data ?? process.env.REDOUBT_EVAL_DATA);
if (folder === null) {
  console.error(
    'train:judge: no labelled files. Name their folder with --data or REDOUBT_EVAL_DATA; it holds judge_train_gptfuzz.jsonl.',
  );
  process.exit(2);
}
const out = values.out ?? join(root, 'data', 'models', 'judge-1');
const { rows, goals } = trainingRows(root, folder);
console.log(`Training on ${rows.length} answers and ${goals.length} requests.`);
const parts = fitJudge(rows, goals);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, judgeFiles.goal), packModel('judge-1/goal', parts.goal));
writeFileSync(join(out, judgeFiles.answer), packModel('judge-1/answer', parts.answer));
writeFileSync(join(out, judgeFiles.trees), JSON.stringify({ refusal: parts.refusal, help: parts.help }));
const size = readdirSync(out).reduce((sum, name) => sum + readFileSync(join(out, name)).length, 0);
console.log(`Wrote ${out} (${Math.round(size / 1024)} KiB). Measure it: npm run bench:judge`);
