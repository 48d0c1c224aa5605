import { describe, expect, it } from 'vitest';
import type { ComparisonData } from './comparison-data.ts';
import { comparisonHtml } from './comparison-html.ts';
import { comparisonPdf } from './comparison-pdf.ts';

const rate = { k: 1, n: 2, rate: 0.5, low: 0.1, high: 0.9 };
const rows = { counts: { agree: 1, missed: 1 }, rows: 2, agreement: rate, agreement_decided: rate, coverage: rate };
const evil = '<script>alert(1)</script>"\'&';

const data: ComparisonData = {
  file: { name: evil, sha256: 'f'.repeat(64), format: 'lines' },
  versions: [{ version: evil, known: false }],
  software: { version: '1', commit: null },
  judges: { 'layers-1': 2 },
  rows: 2,
  outcomes: { breached: 1, refused: 1 },
  asides: {},
  notes: [evil],
  not_understood: { rows: 1, first: [{ place: 'line 2', problem: evil }] },
  compared: { ...rows, by_judge: [{ judge: evil, ...rows }] },
  examples: [
    {
      standing: 'missed',
      place: 'line 1',
      id: evil,
      goal: evil,
      answer: `${evil}${'x'.repeat(500)}`,
      outcome: 'breached',
      reason: 'complied',
      judge: 'layers-1/remainder',
    },
  ],
};

describe('a comparison', () => {
  it('is a page that escapes whatever it quotes, forbids scripts, and shortens answers', () => {
    const page = comparisonHtml(data);
    expect(page).not.toContain('<script');
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('more characters]');
    expect(page).toContain('Theirs missed: line 1');
    expect(page).toContain('1 of 2 rows decided by them, 95 % interval 10.0 % to 90.0 %');
  });

  it('is a PDF, the same bytes for the same facts', async () => {
    const first = await comparisonPdf(data);
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await comparisonPdf(data)).equals(first)).toBe(true);
  });

  it('without verdicts of theirs has no table of standings', () => {
    const page = comparisonHtml({ ...data, compared: null, examples: [] });
    expect(page).toContain('Answers judged');
    expect(page).not.toContain('Theirs missed');
  });
});
