// The tests as JUnit XML, for the test views of pipelines: a suite a dataset, a case a test, as a stream.
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

function outcomeOf(test: TestRow, { decisionOn }: JunitOptions): string {
  const said = `${test.outcome}: ${words(test.reason)}`;
  if (test.outcome === 'inconclusive' || test.outcome === 'unjudged') return `<skipped message="${xmlText(said)}"/>`;
  if (test.outcome !== 'breached') return '';
  const decision = decisionOn(test);
  if (decision !== null) return `<skipped message="${xmlText(decision)}"/>`;
  return `<failure type="${xmlText(test.severity)}" message="${xmlText(`${said}, ${test.severity} severity`)}">${xmlText(`plan_key ${test.plan_key}, judge ${test.judge}`)}</failure>`;
}

function caseOf(test: TestRow, options: JunitOptions): string {
  const parameters = test.parameters === '{}' ? '' : ` ${test.parameters}`;
  const name = `${test.case_id} under ${options.titles.attack(test.attack)}${parameters}`;
  return `<testcase classname="${xmlText(test.subcategory)}" name="${xmlText(name)}">${outcomeOf(test, options)}</testcase>\n`;
}

const nameIn = (name: string, { simulated }: JunitOptions): string =>
  xmlText(simulated ? `${name} (${SIMULATED_NOTE})` : name);

/** Tests in the order of the plan: those of a dataset follow one another. An error of the target is skipped, never passed. */
export function junitXml(tests: AsyncIterable<TestRow>, options: JunitOptions): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    let chunk = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${nameIn(options.name, options)}">\n`;
    let suite: string | null = null;
    for await (const test of tests) {
      if (test.dataset !== suite) {
        chunk += `${suite === null ? '' : '</testsuite>\n'}<testsuite name="${nameIn(options.titles.dataset(test.dataset), options)}">\n`;
        suite = test.dataset;
      }
      chunk += caseOf(test, options);
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(chunk);
      chunk = '';
    }
    yield Buffer.from(`${chunk}${suite === null ? '' : '</testsuite>\n'}</testsuites>\n`);
  }
  return Readable.from(chunks(), { objectMode: false });
}
