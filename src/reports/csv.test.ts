import { describe, expect, it } from 'vitest';
import { storedTest } from '../../tests/fakes/report-facts.ts';
import { csvCell, csvLine, resultsCsv } from './csv.ts';

describe('csvCell', () => {
  it.each([
    ['a word', 'word', 'word'],
    ['a number', 12.5, '12.5'],
    ['nothing', null, ''],
    ['a comma', 'a,b', '"a,b"'],
    ['quotes', 'say "x"', '"say ""x"""'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a semicolon, which some locales split at', 'a;b', '"a;b"'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula with quotes', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['a plus', '+1', "'+1"],
    ['a minus', '-1', "'-1"],
    ['an at', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', '"\'\t=1"'],
    ['a carriage return', '\r=1', '"\'\r=1"'],
    ['a formula in full width', '＝1', "'＝1"],
    ['a formula further on', 'a=1', 'a=1'],
    ['a negative number, which is no text', -1, '-1'],
  ])('writes %s', (_, value, written) => {
    expect(csvCell(value)).toBe(written);
  });

  it('ends a line with CR LF (RFC 4180)', () => {
    expect(csvLine(['a', 1, null])).toBe('a,1,\r\n');
  });
});

/** A reader of RFC 4180, written apart from the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const match = /"((?:[^"]|"")*)"|[^,\r\n]*/y;
    match.lastIndex = at;
    const [whole, quoted] = match.exec(text)!;
    rows.at(-1)!.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

describe('resultsCsv', () => {
  const options = { titles: { dataset: () => 'A, "set"', attack: () => '=cmd' }, fullAnswers: false };

  it('writes a header and one line a test that a strict reader reads back', async () => {
    async function* tests() {
      yield storedTest(
        { outcome: 'breached', model: 'simulated-average' },
        { text: `@${'x'.repeat(400)}\nsecond line` },
      );
      const guarded = { stopped_by: 'guard_in', bare_outcome: 'breached' } as const;
      yield storedTest({ case_id: 'case-2', subcategory: 'CBRN', ...guarded }, { text: 'never shown' });
    }
    const chunks = await resultsCsv(tests(), options).toArray();
    const [head, first, second, ...rest] = readCsv(Buffer.concat(chunks).toString());
    expect(rest).toEqual([]);
    const cell = (row: string[] | undefined, name: string) => row?.[head!.indexOf(name)];
    expect(new Set([head?.length, first?.length, second?.length]).size).toBe(1);
    expect(cell(first, 'dataset')).toBe('A, "set"');
    expect(cell(first, 'attack')).toBe("'=cmd");
    expect(cell(first, 'answer')).toBe(`'@${'x'.repeat(299)} … [113 more characters]`);
    expect(cell(first, 'model')).toBe('simulated-average');
    expect(cell(second, 'answer')).toBe('');
    expect(cell(second, 'answer_withheld')).toBe('CBRN');
    expect(cell(second, 'answer_sha256')).toMatch(/^[0-9a-f]{64}$/);
    expect([first, second].map((row) => cell(row, 'stopped_by'))).toEqual(['', 'guard_in']);
    expect([first, second].map((row) => cell(row, 'outcome_without_guard'))).toEqual(['', 'breached']);
  });

  it('streams: the first lines come before the last test is read', async () => {
    let read = 0;
    async function* tests() {
      for (; read < 5_000; read += 1) yield storedTest({ outcome: 'refused' }, { text: 'x'.repeat(200) });
    }
    for await (const _ of resultsCsv(tests(), options)) break;
    expect(read).toBeLessThan(2_500);
  });
});
