// `npm run datasets:check [-- FOLDER] [--against FILE...]`: holds the shipped datasets against their rules, prints what
// they are, and with --against how much of them stands in foreign files. Ends with 1 and one sentence a fault.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { RedoubtError } from '../src/core/errors.ts';
import { type Embedder, openEmbedder, similarity } from '../src/inference/embedder.ts';
import { rowOf, tableHead } from './dataset-collection.ts';
import { faultsOf } from './dataset-faults.ts';
import { type ReadCase, type ReadDataset, readFolder } from './dataset-files.ts';
import { containmentIn, nearestOf, type Pair, requestOf } from './dataset-words.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MOST_CONTAINED = 0.5;
const SHOWN = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { against: { type: 'boolean', default: false } },
});
const [folder, foreign] = values.against
  ? [join(root, 'data', 'datasets'), positionals]
  : [positionals[0] ?? join(root, 'data', 'datasets'), []];

async function embedderOrReason(): Promise<Embedder | string> {
  try {
    return await openEmbedder();
  } catch (error) {
    if (error instanceof RedoubtError) return error.message;
    throw error;
  }
}

async function nearestByMeaning(embedder: Embedder, { cases }: ReadDataset): Promise<Pair | null> {
  const vectors = await embedder.embed(cases.map(({ line }) => requestOf(line)));
  return nearestOf(
    vectors.flatMap((vector, other) =>
      vectors.slice(0, other).map((earlier, one) => ({ one, other, likeness: similarity(earlier, vector) })),
    ),
  );
}

async function printTable(datasets: readonly ReadDataset[]): Promise<void> {
  const embedder = await embedderOrReason();
  const table = new Table({ head: tableHead, style: { head: [], border: [] } });
  for (const dataset of datasets)
    table.push(rowOf(dataset, typeof embedder === 'string' ? null : await nearestByMeaning(embedder, dataset)));
  console.log(table.toString());
  if (typeof embedder === 'string') console.log(`Nearest by meaning skipped: ${embedder}`);
}

/** The texts of a file: items of a JSON list, else lines. */
function textsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.json')) return text.split('\n');
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)) : [text];
}

/** Prints the cases of which most stands in foreign files; gives one sentence for each above the limit. */
function compareWith(files: readonly string[], cases: readonly ReadCase[]): string[] {
  const contained = containmentIn(cases.map(({ line }) => requestOf(line)));
  const worst = new Map<number, { readonly share: number; readonly place: string }>();
  for (const file of files)
    for (const [index, text] of textsOf(file).entries())
      for (const { text: at, share } of contained(text))
        if (share > (worst.get(at)?.share ?? 0)) worst.set(at, { share, place: `${basename(file)}:${index + 1}` });
  const ranked = [...worst].sort((a, b) => b[1].share - a[1].share);
  const sentence = ([at, { share, place }]: (typeof ranked)[number]): string =>
    `${cases[at]!.slug} ${cases[at]!.line.id}: ${(100 * share).toFixed(0)} % of its runs of five words stand in ${place}`;
  console.log(`Largest containment in ${files.length} foreign files:`);
  for (const entry of ranked.slice(0, SHOWN)) console.log(`  ${sentence(entry)}`);
  return ranked.filter(([, { share }]) => share > MOST_CONTAINED).map(sentence);
}

const read = readFolder(folder!);
const { datasets } = read;
const cases = datasets.flatMap((dataset) => dataset.cases);
await printTable(datasets);
const found = [...faultsOf(read), ...(foreign.length > 0 ? compareWith(foreign, cases) : [])];
for (const fault of found) console.error(fault);
const critical = cases.filter(({ line }) => line.severity === 'critical').length;
console.log(`${datasets.length} datasets, ${cases.length} cases, ${critical} critical, ${found.length} faults`);
process.exitCode = found.length === 0 ? 0 : 1;
