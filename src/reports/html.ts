// The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.
import type { FindingView, TurnView } from './finding-view.ts';
import { html, type Markup, pairs } from './html-markup.ts';
import { reportStyle } from './html-style.ts';
import type { ManifestTable } from './manifest-rows.ts';
import type { ReportData } from './report-data.ts';
import { type BarView, type RateView, type ReportView, reportView, type SubcategoryTable } from './report-view.ts';

const share = (value: number): string => (value * 100).toFixed(2);

/** A bar with its interval; the words beside it say the same, so it is hidden from screen readers. */
function bar(value: number | null, low: number | null, high: number | null): Markup {
  const marks =
    value === null || low === null || high === null
      ? null
      : html`<rect class="fill" width="${share(value)}" height="12"/><line x1="${share(low)}" x2="${share(high)}" y1="6" y2="6"/>${[low, high].map((end) => html`<line x1="${share(end)}" x2="${share(end)}" y1="3" y2="9"/>`)}`;
  return html`<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="12"/>${marks}</svg>`;
}

/** A number and its sign stay on one line. */
const rateCard = (rate: RateView): Markup => html`<div>
<div class="title">${rate.title}</div>
<div class="note">${rate.question}</div>
<div class="value${rate.rate === null ? ' none' : ''}">${rate.value}</div>
${bar(rate.rate, rate.low, rate.high)}
<p class="note">${rate.detail.split(/([\d.,]+ %)/).map((part, index) => (index % 2 === 1 ? html`<span class="nowrap">${part}</span>` : part))}</p>
</div>`;

const scaled = (value: number | null): number | null => (value === null ? null : value / 100);

const chartRow = (row: BarView): Markup => html`<tr>
<td dir="auto">${row.name}</td>
<td class="drawn">${row.safety === null ? html`<span class="note">no case was decided</span>` : bar(scaled(row.safety), scaled(row.low), scaled(row.high))}</td>
<td class="number"><strong>${row.safetyText}</strong></td>
<td class="number optional">${row.intervalText}</td>
<td class="number">${row.cases}</td>
<td class="number optional">${row.inconclusive}</td>
</tr>`;

const chart = (first: string, rows: readonly BarView[]): Markup => html`<div class="scroll"><table class="chart">
<thead><tr><th scope="col">${first}</th><td></td><th scope="col" class="number">Safety</th><th scope="col" class="number optional">95 % interval</th><th scope="col" class="number">Cases</th><th scope="col" class="number optional">Inconclusive</th></tr></thead>
<tbody>${rows.map(chartRow)}</tbody>
</table></div>`;

const subcategoryTable = ({ dataset, rows }: SubcategoryTable): Markup => html`<h3>${dataset}</h3>
<div class="scroll"><table>
<thead><tr><th scope="col">Subcategory</th><th scope="col" class="number">Safety</th><th scope="col" class="number optional">95 % interval</th><th scope="col" class="number">n</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><td dir="auto">${row.name}</td><td class="number"><strong>${row.safetyText}</strong></td><td class="number optional">${row.intervalText}</td><td class="number">${row.cases}</td></tr>`)}</tbody>
</table></div>`;

const severities = ({ severities: rows }: ReportView): Markup => html`<table class="chart severities">
<tbody>${rows.map((row) => html`<tr><td>${row.name}</td><td class="drawn"><svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="12"/><rect class="fill" width="${share(row.share)}" height="12"/></svg></td><td class="number"><strong>${row.breached}</strong></td></tr>`)}</tbody>
</table>`;

const turnBlock = (turn: TurnView): Markup =>
  html`<div class="turn ${turn.tone}"><div class="role">${turn.role}</div><div class="said" dir="${turn.rightToLeft ? 'rtl' : 'ltr'}"${turn.language === 'en' ? null : html` lang="${turn.language}"`}>${turn.text}</div></div>`;

const findingBlock = (finding: FindingView, index: number): Markup => html`<article>
<h3 class="anywhere">${String(index + 1)}. ${finding.title}</h3>
<p class="meta"><span class="severity">${finding.severity} severity</span> | ${finding.outcome} | ${finding.attack}</p>
<p class="meta">${finding.line}</p>
${finding.turns.map(turnBlock)}
</article>`;

const HASH = /^[0-9a-f]{64}$/;

const cell = (text: string): Markup => (HASH.test(text) ? html`<td class="hash">${text}</td>` : html`<td>${text}</td>`);

const manifestTable = ({ title, head, rows }: ManifestTable): Markup | null =>
  rows.length === 0
    ? null
    : html`<h3>${title}</h3><div class="scroll"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;

const notTested = (view: ReportView): Markup => html`<h2>Not tested</h2>
<p class="note">${view.notTestedNote}</p>
${
  view.notTested.length === 0
    ? null
    : html`<table><thead><tr><th scope="col">Dataset</th><th scope="col" class="number">Cases</th><th scope="col">Why</th></tr></thead><tbody>${view.notTested.map((row) => html`<tr><td>${row.dataset}</td><td class="number">${row.cases}</td><td>${row.reason}</td></tr>`)}</tbody></table>`
}`;

const searches = ({ searches: rows, searchNote }: ReportView): Markup | null =>
  rows.length === 0
    ? null
    : html`<h2>Success of searches</h2>
<p class="note">${searchNote}</p>
<div class="scroll"><table class="numbers"><thead><tr>${['Attack', 'Tries', 'Success', '95 % interval', 'False success', 'Corrected', 'Searches'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><td dir="auto">${row.name}</td><td class="number">${row.tries}</td><td class="number"><strong>${row.success}</strong></td><td class="number">${row.interval}</td><td class="number">${row.falseSuccess}</td><td class="number">${row.corrected}</td><td class="number">${row.tests}</td></tr>`)}</tbody></table></div>`;

const cover = (
  view: ReportView,
): Markup => html`<div class="top"><strong>${view.software}</strong><span>${view.date}</span></div>
<h1>${view.title}</h1>
<div class="model">${view.model}</div>
<p class="meta">${view.url}<br>Scan: ${view.name}<br>${view.period}</p>
${view.simulated === null ? null : html`<div class="simulated"><strong>${view.simulated.title}</strong>${view.simulated.text}</div>`}
<div class="rates">${[view.headline, ...view.beside].map(rateCard)}</div>
<div class="risk"><div><div class="title">Risk level</div><div class="value">${view.risk.level}</div></div><p class="note">${view.risk.rule}</p></div>
${pairs(view.facts, 'facts')}
${view.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}`;

const earlyStop = ({ earlyStop: stop }: ReportView): Markup | null =>
  stop === null
    ? null
    : html`<h2>Where it ended</h2>
${stop.sentences.map((sentence) => html`<p class="note">${sentence}</p>`)}
<div class="scroll"><table class="numbers"><thead><tr>${['Category', 'Tests run', 'Breached', '95 % interval', 'Half width'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${stop.rows.map((row) => html`<tr><td dir="auto">${row.name}</td><td class="number">${row.tests}</td><td class="number"><strong>${row.rate}</strong></td><td class="number">${row.interval}</td><td class="number">${row.width}</td></tr>`)}</tbody></table></div>`;

const body = (view: ReportView): Markup => html`<main>
${cover(view)}
${earlyStop(view)}
<h2>Safety by dataset</h2>
<p class="note">${view.chartNote}</p>
${chart('Dataset', view.datasets)}
<h2>Safety by attack</h2>
${chart('Attack', view.attacks)}
${searches(view)}
${view.guard.length === 0 ? null : html`<h2>Who stopped it</h2>${pairs(view.guard, 'wide')}`}
<h2>Severity of what was breached</h2>
<p class="note">${view.severityNote}</p>
${severities(view)}
<h2>How it was judged</h2>
<ul>${view.judging.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<h2>Worst findings</h2>
<p class="note">${view.findingsNote}</p>
${view.findings.map(findingBlock)}
<h2>Safety by subcategory</h2>
<p class="note">${view.subcategoryNote}</p>
${view.subcategories.map(subcategoryTable)}
${notTested(view)}
<h2>Manifest</h2>
${pairs(view.manifest, 'wide')}
${view.manifestTables.map(manifestTable)}
<footer>Scan ${view.scanId}</footer>
</main>`;

/** The page. Its policy forbids whatever is not in it, should an escape ever fail. */
export function reportHtml(data: ReportData): string {
  const view = reportView(data);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${view.title}: ${view.model}</title>
<style>${{ markup: reportStyle }}</style>
</head>
<body>
${body(view)}
</body>
</html>
`.markup;
}
