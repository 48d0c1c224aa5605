// How quick the dashboard is: script of the first load, time until it can be used, and the findings table over many tests.
// npm run bench:dashboard [-- --tests 100000]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../src/core/clock.ts';
import { bulkInsert } from '../src/store/bulk-insert.ts';
import { requireScan } from '../src/store/scans.ts';
import type { TestRow, TryRow } from '../src/store/schema.ts';
import type { Store } from '../src/store/store.ts';
import { buildSearchIndex, dropSearchIndex } from '../src/store/test-search.ts';
import { chromiumPath, openBrowser, openContext } from '../tests/browser/chromium.ts';
import { type FilledServer, filledServer } from '../tests/browser/filled-server.ts';
import { writeResult } from './machine.ts';

const { values } = parseArgs({ options: { tests: { type: 'string', default: '100000' } } });
const wanted = Number(values.tests);
const ROUNDS = 15;
const SEEDED = 1000;

const built = fileURLToPath(new URL('../dist/web/', import.meta.url));

interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
}

function timesOf(list: readonly number[]): Times {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}

/** KB of script, gzip, that the page names itself. */
function firstLoadKb(): number {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\/dashboard\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0) / 1024;
}

/** Copies of what a real scan left, under plan keys of their own, until there are as many tests as wanted. */
async function multiply(store: Store, scanId: string): Promise<number> {
  const tests = await store.db.selectFrom('tests').selectAll().where('scan_id', '=', scanId).execute();
  const tries = await store.db.selectFrom('tries').selectAll().where('scan_id', '=', scanId).execute();
  const step = Math.max(...tests.map(({ test_no: no }) => no)) + 1;
  const insertTests = bulkInsert<TestRow>(store.kind, 'tests', Object.keys(tests[0]!) as (keyof TestRow)[], '');
  const insertTries = bulkInsert<TryRow>(store.kind, 'tries', Object.keys(tries[0]!) as (keyof TryRow)[], '');
  const copies = Math.ceil(wanted / tests.length);
  for (let copy = 1; copy < copies; copy++)
    await store.db.transaction().execute(async (trx) => {
      const moved = <Row extends { test_no: number }>(row: Row): Row => ({
        ...row,
        test_no: row.test_no + copy * step,
      });
      await insertTests(
        trx,
        tests.map((row) => ({ ...moved(row), plan_key: `${row.plan_key}-${copy}` })),
      );
      await insertTries(trx, tries.map(moved));
    });
  return copies * tests.length;
}

async function indexAnew(server: FilledServer, scanId: string): Promise<void> {
  const { store } = server.redoubt;
  await store.db.transaction().execute((trx) => dropSearchIndex(store, trx, scanId));
  await buildSearchIndex(store, await requireScan(store, 'default', scanId, scanId), systemClock.now);
}

const questions = [
  ['worst first', ''],
  ['breached', 'outcome=breached'],
  ['breached, critical', 'outcome=breached&severity=critical'],
  ['one dataset, one attack', 'dataset=healthcare-risks&attack=persona'],
  ['least sure first', 'sort=least-sure'],
  ['a word', 'text=patient'],
  ['a word, breached', 'text=policy&outcome=breached'],
  ['two words', 'text=write+letter'],
] as const;

async function apiTimes(server: FilledServer, scanId: string): Promise<Record<string, Times>> {
  const measured: Record<string, Times> = {};
  for (const [name, query] of questions) {
    const list: number[] = [];
    let next: string | null = null;
    for (let round = 0; round < ROUNDS; round++) {
      // Every other round goes on to the next page, as scrolling does.
      const cursor: string = round % 2 === 1 && next !== null ? `&cursor=${encodeURIComponent(next)}` : '';
      const begun = performance.now();
      const page: { next: string | null } = await server.call(
        'GET',
        `/scans/${scanId}/tests?limit=100&${query}${cursor}`,
      );
      list.push(performance.now() - begun);
      next = page.next;
    }
    measured[name] = timesOf(list);
  }
  return measured;
}

/** Milliseconds from the call of an address until its own content stands there, with an empty cache of the browser. */
async function usableAfter(
  browser: Browser,
  server: FilledServer,
  path: string,
  isThere: (page: Page) => Promise<void>,
): Promise<number> {
  const context = await openContext(browser, { theme: 'light', width: 1440 });
  await server.enter(context);
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(server.url + server.place(path));
  await isThere(page);
  const ms = performance.now() - begun;
  await context.close();
  return Math.round(ms);
}

async function browserTimes(server: FilledServer): Promise<Record<string, Times>> {
  const browser = await openBrowser();
  const table = [
    ['home', '/', (page: Page) => page.getByText('Attack success').first().waitFor()],
    ['report', '/dashboard/scans/{scan}', (page: Page) => page.getByText('95 % interval').first().waitFor()],
    ['findings table', '/dashboard/scans/{scan}/tests', (page: Page) => page.getByRole('row').first().waitFor()],
  ] as const;
  const measured: Record<string, Times> = {};
  for (const [name, path, isThere] of table) {
    const list: number[] = [];
    for (let round = 0; round < 5; round++) list.push(await usableAfter(browser, server, path, isThere));
    measured[name] = timesOf(list);
  }
  await browser.close();
  return measured;
}

function print(title: string, measured: Readonly<Record<string, Times>>): void {
  console.log(`\n${title}`);
  for (const [name, { p50, p95, most }] of Object.entries(measured))
    console.log(
      `  ${name.padEnd(26)} p50 ${String(p50).padStart(7)}   p95 ${String(p95).padStart(7)}   most ${String(most).padStart(7)} ms`,
    );
}

const server = await filledServer({ tests: SEEDED });
try {
  const scanId = server.place('{scan}');
  const usable = chromiumPath === null ? {} : await browserTimes(server);
  const tests = await multiply(server.redoubt.store, scanId);
  await indexAnew(server, scanId);
  const kb = firstLoadKb();
  const answers = await apiTimes(server, scanId);
  console.log(`First load: ${kb.toFixed(1)} KB of script (gzip)`);
  print('Usable after, empty cache (5 rounds)', usable);
  print(`Findings table over ${tests} tests, answers of the server (${ROUNDS} rounds)`, answers);
  writeResult('dashboard', { first_load_kb: kb, usable_ms: usable, tests, findings_ms: answers });
} finally {
  await server.close();
}
