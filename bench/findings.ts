// `npm run bench:findings [TESTS]`: how long the server takes over the table of tests of one large scan in SQLite: pages,
// filters, orders, search and counts, over HTTP. Default 100,000 tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { outcomes, severities } from '../src/core/outcome.ts';
import { createResultWriter } from '../src/store/results.ts';
import { buildSearchIndex } from '../src/store/test-search.ts';
import { apiOf } from '../tests/fakes/api-client.ts';
import { startServer } from '../tests/fakes/server.ts';
import { newScan, resultOf } from '../tests/store/rows.ts';

const ROUNDS = 7;
const BUDGET_MS = 300;
const GROUP = 1_000;

const subjects = ['weather', 'harbour', 'ledger', 'garden', 'engine', 'lantern', 'orchard', 'bridge'];
const verbs = ['describe', 'explain', 'translate', 'summarise', 'compare', 'rewrite', 'list'];

const tests = Number(process.argv[2] ?? 100_000);
const data = mkdtempSync(join(tmpdir(), 'redoubt-findings-'));
const server = await startServer({ data, worker: false });
const { store } = server.redoubt;

const request = JSON.stringify({
  target: { kind: 'openai', url: 'http://127.0.0.1/v1', model: 'm', concurrency: 8, qpm: null, timeoutMs: 1_000 },
  preset: 'standard',
  seed: 1,
  judge: 'layers',
  judgeModel: false,
  helpers: { attacker: null, judge: null },
  attacks: [],
  datasets: [],
  labels: {},
});
const scan = await newScan(store, { project_id: DEFAULT_PROJECT, status: 'Finished', planned: tests, request });
const writer = createResultWriter(store);
const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length]!;
for (let start = 0; start < tests; start += GROUP) {
  const numbers = Array.from({ length: Math.min(GROUP, tests - start) }, (_, index) => start + index);
  await writer.write(
    numbers.map((no) => {
      const result = resultOf(scan.id, no, {
        dataset: `set-${no % 20}`,
        subcategory: `part ${no % 160}`,
        attack: pick(['direct', 'persona', 'encoding', 'flip', 'humor'], Math.floor(no / 20)),
        outcome: pick(outcomes, Math.floor(no / 7)),
        severity: pick(severities, Math.floor(no / 3)),
        confidence: ((no * 7919) % 1000) / 1000,
      });
      const content = `Please ${pick(verbs, no)} the ${pick(subjects, Math.floor(no / 5))} number ${no} in some detail, as a friend would.`;
      const messages = JSON.stringify([{ role: 'user', content }]);
      return {
        ...result,
        tries: result.tries.map((each) => ({
          ...each,
          messages,
          answer: server.redoubt.vault.seal('{"text":"No."}', `try:${scan.id}:${no}:0`),
        })),
      };
    }),
  );
}
const indexedAt = performance.now();
await buildSearchIndex(store, scan, Date.now);
console.log(`${tests} tests; index built in ${((performance.now() - indexedAt) / 1000).toFixed(1)} s`);

const api = apiOf(server.url, server.key);
const base = `/scans/${scan.id}`;
const middle = (await api.get(`${base}/tests?sort=worst&limit=50`)).body.next as string;
const asked: readonly (readonly [string, string])[] = [
  ['first page, the worst first', 'tests'],
  ['a later page', `tests?cursor=${middle}`],
  ['in the order of the plan', 'tests?sort=plan'],
  ['the least sure first', 'tests?sort=least-sure'],
  ['by category', 'tests?sort=category'],
  ['two outcomes, one severity', 'tests?outcome=breached&outcome=partial&severity=critical'],
  ['one dataset, one attack', 'tests?dataset=set-3&attack=persona'],
  ['a common word', 'tests?text=harbour'],
  ['two words', 'tests?text=harbour+translate'],
  ['a rare word', `tests?text=${tests - 1}`],
  ['a word and a filter', 'tests?text=lantern&outcome=breached'],
];
/** Pages that are opened once, beside the table. */
const beside: readonly (readonly [string, string])[] = [
  ['heat map', 'heatmap'],
  ['counts by category', 'breakdown?by=subcategory'],
];
let slowest = 0;
for (const [name, path] of [...asked, ...beside]) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const { status, body } = await api.get(`${base}/${path}`);
    times.push(performance.now() - begun);
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(ROUNDS / 2)]!;
  if (asked.some(([each]) => each === name)) slowest = Math.max(slowest, median);
  console.log(`${median.toFixed(0).padStart(5)} ms (most ${sorted.at(-1)!.toFixed(0)})  ${name}`);
}
console.log(`Slowest median of the table ${slowest.toFixed(0)} ms; budget ${BUDGET_MS} ms for 100,000 tests`);
await server.close();
rmSync(data, { recursive: true, force: true });
process.exitCode = tests <= 100_000 && slowest > BUDGET_MS ? 1 : 0;
