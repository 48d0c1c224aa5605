import { describe, expect, it } from 'vitest';
import { ciFacts as data, ciFinding as finding } from '../../tests/fakes/ci-facts.ts';
import { testRow } from '../../tests/store/rows.ts';
import type { TestRow } from '../store/schema.ts';
import { junitXml } from './junit.ts';
import { markdownComment } from './markdown.ts';
import { sarifText } from './sarif.ts';

describe('SARIF', () => {
  it('names each finding by its fingerprint, its state against the baseline, and who accepted it', () => {
    const accepted = finding({ fingerprint: 'b', state: 'accepted', severity: 'low', decision: 'accepted by Ana: x' });
    const log = JSON.parse(sarifText(data({ findings: [finding(), accepted] })));
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run.results).toMatchObject([
      { level: 'error', baselineState: 'new', partialFingerprints: { 'redoubtFinding/v1': '0123456789abcdef' } },
      { level: 'note', baselineState: 'unchanged', suppressions: [{ justification: 'accepted by Ana: x' }] },
    ]);
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([run.results[0].ruleId]);
  });

  it('keeps categories of all scripts apart, each as severe as its worst finding', () => {
    const findings = [
      finding({ subcategory: '日本語', severity: 'high', references: ['a'] }),
      finding({ subcategory: '日本語', severity: 'low', references: ['b'] }),
      finding({ subcategory: '한국어', severity: 'low' }),
    ];
    const [run] = JSON.parse(sarifText(data({ findings }))).runs;
    expect(run.tool.driver.rules).toMatchObject([
      { id: 'my-set/日本語', properties: { tags: ['security', 'a', 'b'], 'security-severity': '8.0' } },
      { id: 'my-set/한국어', properties: { 'security-severity': '3.0' } },
    ]);
  });

  it('says of each result that the target was simulated', () => {
    const [run] = JSON.parse(sarifText(data({ simulated: true }))).runs;
    expect(run.results[0].message.text).toMatch(/ \(simulated target\)\.$/);
  });
});

describe('the comment', () => {
  it('lets no name of a case become markup', () => {
    const text = markdownComment(data({ findings: [finding({ caseId: '<img src=x> [a](b) | `c`' })] }));
    expect(text).toContain('significantly worse, 1 new finding');
    expect(text).toContain('\\<img src=x\\> \\[a\\](b) \\| \\`c\\`');
  });

  it('gives each rate apart, with the share, what it was counted from and its interval', () => {
    const searching = { k: 3, n: 12, rate: 0.25, low: 0.08, high: 0.53 };
    const text = markdownComment(data({ attackSuccessSearch: searching }));
    expect(text).toContain('| Attack success | 20.0 %: 2 of 10 tests; 95 % interval 5.0 % to 50.0 %. |');
    expect(text).toContain('| Attack success, searching | 25.0 %: 3 of 12 tests;');
    expect(text).not.toContain('Failure rate');
  });

  it('gives no rate where the judge is not to be relied on', () => {
    const text = markdownComment(data({ unreliable: 'The judge failed 9 of 15 known answers.' }));
    expect(text).toContain('The judge failed 9 of 15 known answers. No rate is given.');
    expect(text).toContain('| Attack success | not given; as it judged 2 of 10 tests |');
    expect(text).not.toContain('20.0 %');
  });
});

describe('JUnit', () => {
  it('fails breaches, skips what could not be decided or was accepted, and stays XML whatever a case is called', async () => {
    const rows: TestRow[] = [
      testRow('s', 0, { case_id: 'a"<b>&\u0000' }),
      testRow('s', 1, { outcome: 'breached', reason: 'complied' }),
      testRow('s', 2, { outcome: 'breached', reason: 'complied', case_id: 'fine' }),
      testRow('s', 3, { outcome: 'inconclusive', reason: 'timeout', dataset: 'other' }),
    ];
    async function* tests() {
      yield* rows;
    }
    const titles = { dataset: (slug: string) => slug, attack: (id: string) => id };
    const decisionOn = ({ case_id }: TestRow) => (case_id === 'fine' ? 'accepted' : null);
    const xml = (await junitXml(tests, { name: 'n', simulated: true, titles, decisionOn }).toArray()).join('');
    expect(xml.match(/<failure/g)).toHaveLength(1);
    expect(xml.match(/<skipped/g)).toHaveLength(2);
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(xml).toContain('<testsuite name="other (simulated target)" tests="1" failures="0" errors="0" skipped="1">');
    expect(xml).toContain('name="a&quot;&lt;b&gt;&amp; under direct"');
  });
});
