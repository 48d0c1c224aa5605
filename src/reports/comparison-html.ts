// A comparison as one HTML page that needs nothing else, and as a part of a page that the server makes.
import type { ComparisonData } from './comparison-data.ts';
import { type ComparisonView, comparisonView, type ExampleView } from './comparison-view.ts';
import { html, type Markup, pairs } from './html-markup.ts';
import { reportStyle } from './html-style.ts';

const standings = ({ standings: rows }: ComparisonView): Markup => html`<div class="scroll"><table>
<thead><tr><th scope="col">Rows</th><th scope="col" class="number"></th><th scope="col" class="number"></th><th scope="col">What it says</th></tr></thead>
<tbody>${rows.map(({ label, says, rows: n, of }) => html`<tr><td>${label}</td><td class="number"><strong>${n}</strong></td><td class="number">${of}</td><td class="meta">${says}</td></tr>`)}</tbody>
</table></div>`;

const figures = ({ figures: rows }: ComparisonView): Markup =>
  html`<table><tbody>${rows.map(({ label, value, detail }) => html`<tr><td>${label}</td><td class="number"><strong>${value}</strong></td><td class="meta">${detail}</td></tr>`)}</tbody></table>`;

const judges = ({ judges: rows, judgesHead }: ComparisonView): Markup | null =>
  rows.length === 0
    ? null
    : html`<h2>Judge by judge of theirs</h2><div class="scroll"><table>
<thead><tr><th scope="col">Theirs</th>${judgesHead.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${rows.map(({ judge, cells }) => html`<tr><td>${judge}</td>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;

const example = ({ title, line, goal, answer }: ExampleView): Markup => html`<article>
<h3 class="anywhere">${title}</h3>
<p class="meta">${line}</p>
<div class="turn request"><div class="role">Goal</div><div class="said" dir="auto">${goal}</div></div>
<div class="turn answer"><div class="role">Answer</div><div class="said" dir="auto">${answer}</div></div>
</article>`;

/** What stands between the top and the foot of a page. */
export function comparisonBody(data: ComparisonData): Markup {
  const view = comparisonView(data);
  return html`<h1>${view.title}</h1>
<div class="model">${view.file}</div>
${pairs(view.facts, 'facts')}
${view.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}
${view.standings.length === 0 ? null : [standings(view), figures(view)]}
${view.notes.map((note) => html`<p class="note">${note}</p>`)}
${judges(view)}
${view.problems.length === 0 ? null : [html`<h2>Not understood</h2>`, pairs(view.problems, 'facts')]}
${view.examples.length === 0 ? null : [html`<h2>Where the two differ</h2><p class="note">${view.examplesNote}</p>`, view.examples.map(example)]}`;
}

/** The page. Its policy forbids whatever is not in it, should an escape ever fail. */
export const comparisonHtml = (data: ComparisonData): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${comparisonView(data).title}: ${data.file.name}</title>
<style>${{ markup: reportStyle }}</style>
</head>
<body><main>
<div class="top"><strong>${`Redoubt ${data.software.version}`}</strong></div>
${comparisonBody(data)}
</main></body>
</html>
`.markup;
