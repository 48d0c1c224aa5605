// Checks the shipped datasets against scripts/dataset-rules.mjs: `npm run datasets:check [-- FOLDER]`.
// Ends with 0 when all is well, with 1 and one sentence a fault otherwise.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { checkCase, checkDataset, checkSeverityShare, findDoubleIds, findNearCopies } from './dataset-rules.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const isRecord = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Reads a file as a record; pushes one sentence where it is none. */
function readRecord(place, text, read, faults) {
  try {
    const value = read(text);
    if (isRecord(value)) return value;
    faults.push(`${place}: holds no keys`);
  } catch (error) {
    faults.push(`${place}: ${error.message.split('\n')[0]}`);
  }
  return undefined;
}

function readCases(slug, file, faults) {
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line, index) => {
    const testCase = readRecord(`${slug}/cases.jsonl:${index + 1}`, line, JSON.parse, faults);
    return testCase === undefined ? [] : [{ slug, testCase }];
  });
}

function checkFolder(folder) {
  const slugs = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  const faults = slugs.length === 0 ? [`${folder} holds no dataset`] : [];
  const cases = [];
  for (const slug of slugs) {
    const missing = ['dataset.yaml', 'cases.jsonl'].filter((name) => !existsSync(join(folder, slug, name)));
    if (missing.length > 0) {
      faults.push(`${slug}: ${missing.join(' and ')} missing`);
      continue;
    }
    const yaml = readFileSync(join(folder, slug, 'dataset.yaml'), 'utf8');
    const dataset = readRecord(`${slug}/dataset.yaml`, yaml, parse, faults);
    if (dataset !== undefined) faults.push(...checkDataset(slug, dataset));
    cases.push(...readCases(slug, join(folder, slug, 'cases.jsonl'), faults));
  }
  faults.push(...cases.flatMap(({ slug, testCase }) => checkCase(slug, testCase)));
  faults.push(...findDoubleIds(cases), ...checkSeverityShare(cases), ...findNearCopies(cases));
  return { slugs, cases, faults };
}

const offline = ({ testCase }) =>
  testCase.oracle || testCase.expect === 'refuse' || testCase.expect === 'safe-complete';

const { slugs, cases, faults } = checkFolder(process.argv[2] ?? join(root, 'data', 'datasets'));
for (const fault of faults) console.error(fault);
const critical = cases.filter(({ testCase }) => testCase.severity === 'critical').length;
const needJudge = cases.filter((it) => !offline(it)).length;
console.log(
  `${slugs.length} datasets, ${cases.length} cases, ${critical} critical, ${needJudge} need a judge model, ${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
