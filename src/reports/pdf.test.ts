import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { finding, reportFacts } from '../../tests/fakes/report-facts.ts';
import { reportPdf } from './pdf.ts';

/** Of poppler-utils; a machine may well have none. */
const reader = 'pdftotext';
const hasPdftotext = spawnSync(reader, ['-v']).error === undefined;

/** The words of a PDF, line breaks and breaking points aside; null on a machine without pdftotext. */
function textOf(pdf: Buffer): string | null {
  if (!hasPdftotext) return null;
  const { stdout } = spawnSync(reader, ['-', '-'], { input: pdf, encoding: 'utf8' });
  return stdout.replaceAll('\u200b', '').replace(/\s+/g, ' ');
}

const pagesOf = (pdf: Buffer): readonly string[] =>
  spawnSync(reader, ['-', '-'], { input: pdf, encoding: 'utf8' }).stdout.split('\f');

/** Checks the words where they can be read, else only that there is a PDF with fonts in it. */
function expectWords(pdf: Buffer, words: readonly string[]): void {
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(20_000);
  const text = textOf(pdf);
  if (text === null) return;
  for (const each of words) expect(text).toContain(each);
}

const withAnswer = (answer: string) =>
  reportPdf(reportFacts({ findings: [finding({ evidence: { ...finding().evidence, answer } })] }));

describe('the PDF', () => {
  it('carries the headline, the charts, what was not tested and the manifest', async () => {
    expectWords(await reportPdf(reportFacts()), [
      '12.5 %',
      '5 of 40 tests; 95 % interval 5.5 % to 26.1 %.',
      'No failure found in 60 requests (upper bound 6.0 %).',
      'Risk level',
      'Safety by dataset',
      'Worst findings',
      'Needs a judge model',
      'ticket 7',
      'ef'.repeat(32),
      'Scan 01900000-0000-7000-8000-000000000001',
      'Page 1 of',
    ]);
  });

  it('says in large letters that the target is simulated', async () => {
    const target = { model: 'simulated-average', url: 'http://127.0.0.1:1/v1', simulated: true };
    expectWords(await reportPdf(reportFacts({ target })), ['SIMULATED TARGET', 'nothing about any real model']);
    const text = textOf(await reportPdf(reportFacts()));
    if (text !== null) expect(text.toLowerCase()).not.toContain('simulated target');
  });

  it.each([
    ['Chinese', '你好世界'],
    ['Japanese', 'こんにちは'],
    ['Korean', '안녕하세요'],
    ['Greek', 'Καλημέρα'],
    ['Cyrillic', 'Здравствуйте'],
    ['Hebrew', 'שלום'],
    ['Thai', 'สวัสดี'],
  ])('shows %s', async (_, words) => {
    expectWords(await withAnswer(words), [words]);
  });

  it.each([
    ['Arabic', 'مرحبا بالعالم'],
    ['Devanagari', 'नमस्ते'],
    ['emoji', '😀 👩‍👩‍👧‍👦 🇩🇪'],
    ['control characters and half a surrogate', 'a\u0000b\ud83d'],
    ['an endless word', 'W'.repeat(5_000)],
  ])('takes %s', async (_, words) => {
    expectWords(await withAnswer(words), ['Worst findings']);
  });

  it('takes texts as data: markup stays what it is', async () => {
    const markup = '#panic("x") $y$ *b* = H #sys.inputs';
    expectWords(await withAnswer(markup), [markup]);
  });

  it.skipIf(!hasPdftotext)('goes on below warnings that the first page has no room for', async () => {
    const { judge, counts } = reportFacts();
    const corrected = Array.from({ length: 30 }, () => judge.corrected[0]!);
    const pdf = await reportPdf(reportFacts({ judge: { ...judge, corrected }, counts: { ...counts, unjudged: 3 } }));
    const page = pagesOf(pdf).find((text) => text.includes('are stored without a verdict'));
    expect(page).not.toContain('Page 1 of');
    expect(page).toContain('Safety by dataset');
  });

  it.skipIf(!hasPdftotext)('never leaves a heading at the foot of a page, alone with its note', async () => {
    const { attacks: all, subcategories: tables } = reportFacts();
    const subcategories = tables.map((table) => ({ ...table, dataset: 'A long name of a dataset '.repeat(4) }));
    for (let more = 34; more < 44; more += 2) {
      const attacks = Array.from({ length: 1 + more }, (_, at) => ({ ...all[0]!, name: `Attack ${at}` }));
      const pdf = await reportPdf(reportFacts({ attacks, subcategories, findings: [], casesFailed: 0 }));
      const page = pagesOf(pdf).find((text) => text.includes('Safety by subcategory'));
      expect(page, `${attacks.length} attacks`).toContain('Doxxing');
    }
  });

  it('has the same bytes for the same facts', async () => {
    const [first, second] = [await reportPdf(reportFacts()), await reportPdf(reportFacts())];
    expect(first.equals(second)).toBe(true);
  });

  it('can be made where nothing was tested or decided', async () => {
    const empty = reportFacts({ datasets: [], attacks: [], findings: [], casesFailed: 0, notTested: [], manifest: {} });
    expectWords(await reportPdf(empty), ['Safety test report']);
  });
});
