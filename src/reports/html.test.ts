import { describe, expect, it } from 'vitest';
import { finding, reportFacts } from '../../tests/fakes/report-facts.ts';
import { reportHtml } from './html.ts';
import { escapeHtml, html } from './html-markup.ts';

describe('escaping', () => {
  it.each([
    ['<script>', '&lt;script&gt;'],
    ['"quoted" & \'so\'', '&quot;quoted&quot; &amp; &#39;so&#39;'],
    ['plain', 'plain'],
  ])('%s', (text, escaped) => {
    expect(escapeHtml(text)).toBe(escaped);
  });

  it('leaves markup alone that was made here, and nothing else', () => {
    expect(html`<p>${'<b>'}${html`<i>${'&'}</i>`}${[html`<br>`, '<br>']}${null}</p>`.markup).toBe(
      '<p>&lt;b&gt;<i>&amp;</i><br>&lt;br&gt;</p>',
    );
  });
});

const tagsOf = (page: string): readonly string[] => page.match(/<[a-z][^>]*>/gi) ?? [];

describe('the page', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const shown = finding({
    caseId: hostile,
    dataset: hostile,
    subcategory: hostile,
    attack: hostile,
    references: [hostile],
    evidence: { ...finding().evidence, messages: [{ role: hostile, text: hostile, sha256: null }], answer: hostile },
  });
  const page = reportHtml(
    reportFacts({
      name: hostile,
      target: { model: hostile, url: hostile, simulated: true },
      findings: [shown],
      datasets: [{ name: hostile, cases: 1, safety: 0, low: 0, high: 79, decided: 1, inconclusive: 0 }],
      notTested: [{ dataset: hostile, cases: 1, reason: hostile }],
      judge: { ...reportFacts().judge, id: hostile, layers: [hostile] },
      manifest: { [hostile]: hostile, datasets: [{ title: hostile }], attacks: [{ id: hostile }] },
    }),
  );

  it('holds nothing that was not escaped', () => {
    expect(page).not.toMatch(/<script|<img/i);
    expect(tagsOf(page).filter((tag) => /\son\w+=/i.test(tag))).toEqual([]);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('needs nothing from elsewhere, and forbids it', () => {
    expect(tagsOf(page).filter((tag) => /\s(src|href)=|^<link/i.test(tag))).toEqual([]);
    expect(page).not.toMatch(/url\(|@import/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('says that the target is simulated', () => {
    expect(page).toContain('<strong>Simulated target</strong>');
    expect(reportHtml(reportFacts())).not.toContain('<strong>Simulated target</strong>');
  });

  it('prints dark on white, with the ground that the notice of a simulated target is read on', () => {
    expect(page).not.toMatch(/@media \(prefers-color-scheme/);
    expect(page).toMatch(/@media print \{[^@]*\.simulated,[^{]*\{[^}]*print-color-adjust: exact/);
  });

  it('names the direction and the language of what was said', () => {
    const evidence = { ...finding().evidence, answer: 'مرحبا', messages: [] };
    const arabic = reportHtml(reportFacts({ findings: [finding({ evidence })] }));
    expect(arabic).toContain('dir="rtl">مرحبا</div>');
  });
});
