// The tests as JUnit XML, for the test views of pipelines: a suite a dataset, a case a test, as a stream. Held to the
// schema that Jenkins' xUnit plugin reads by, the strictest of those in use: a suite says first how many tests it holds.
import { Readable } from 'node:stream';
import type { TestRow } from '../store/schema.ts';
import { SIMULATED_NOTE } from './ci-data.ts';
import type { Titles } from './result-line.ts';
import { words } from './wording.ts';

const CHUNK_CHARACTERS = 64 * 1024;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As XML 1.0 allows it in an attribute: characters that it has no way to write are left out. */
export const xmlText = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => entities[sign]!)
    .replace(/[\t\n\r]+/g, ' ');

export interface JunitOptions {
  readonly name: string;
  readonly simulated: boolean;
  readonly titles: Titles;
  /** Why a failing test does not count: what a person said; null where nobody did. */
  readonly decisionOn: (test: TestRow) => string | null;
}

/** Why a test was skipped: it was not decided, or a person decided on it; null where it was not. */
function whySkipped(test: TestRow, { decisionOn }: JunitOptions): string | null {
  if (test.outcome === 'inconclusive' || test.outcome === 'unjudged') return `${test.outcome}: ${words(test.reason)}`;
  return test.outcome === 'breached' ? decisionOn(test) : null;
}

function outcomeOf(test: TestRow, options: JunitOptions): string {
  const skipped = whySkipped(test, options);
  if (skipped !== null) return `<skipped message="${xmlText(skipped)}"/>`;
  if (test.outcome !== 'breached') return '';
  const said = `breached: ${words(test.reason)}`;
  return `<failure type="${xmlText(test.severity)}" message="${xmlText(`${said}, ${test.severity} severity`)}">${xmlText(`plan_key ${test.plan_key}, judge ${test.judge}`)}</failure>`;
}

function caseOf(test: TestRow, options: JunitOptions): string {
  const parameters = test.parameters === '{}' ? '' : ` ${test.parameters}`;
  const name = `${test.case_id} under ${options.titles.attack(test.attack)}${parameters}`;
  return `<testcase classname="${xmlText(test.subcategory)}" name="${xmlText(name)}">${outcomeOf(test, options)}</testcase>\n`;
}

const nameIn = (name: string, { simulated }: JunitOptions): string =>
  xmlText(simulated ? `${name} (${SIMULATED_NOTE})` : name);

interface Suite {
  readonly dataset: string;
  tests: number;
  failures: number;
  skipped: number;
}

/** Tests of a dataset that follow one another are a suite. */
async function suitesOf(tests: AsyncIterable<TestRow>, options: JunitOptions): Promise<Suite[]> {
  const suites: Suite[] = [];
  for await (const test of tests) {
    if (suites.at(-1)?.dataset !== test.dataset)
      suites.push({ dataset: test.dataset, tests: 0, failures: 0, skipped: 0 });
    const suite = suites.at(-1)!;
    const isSkipped = whySkipped(test, options) !== null;
    suite.tests += 1;
    suite.skipped += Number(isSkipped);
    suite.failures += Number(!isSkipped && test.outcome === 'breached');
  }
  return suites;
}

const suiteStart = ({ dataset, tests, failures, skipped }: Suite, options: JunitOptions): string =>
  `<testsuite name="${nameIn(options.titles.dataset(dataset), options)}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">\n`;

/**
 * Tests in the order of the plan: those of a dataset follow one another. They are read twice, to be counted first. An
 * error of the target is skipped, never passed.
 */
export function junitXml(tests: () => AsyncIterable<TestRow>, options: JunitOptions): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    let chunk = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${nameIn(options.name, options)}">\n`;
    const suites = await suitesOf(tests(), options);
    let [index, left] = [-1, 0];
    for await (const test of tests()) {
      if (left === 0) {
        index += 1;
        left = suites[index]!.tests;
        chunk += suiteStart(suites[index]!, options);
      }
      chunk += caseOf(test, options);
      left -= 1;
      if (left === 0) chunk += '</testsuite>\n';
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(chunk);
      chunk = '';
    }
    yield Buffer.from(`${chunk}</testsuites>\n`);
  }
  return Readable.from(chunks(), { objectMode: false });
}
