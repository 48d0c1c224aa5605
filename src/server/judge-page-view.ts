// The page on which somebody hands in a result file: a form and, once it was sent, the table. No script is needed.
import { createHash } from 'node:crypto';
import type { ComparisonData } from '../reports/comparison-data.ts';
import { comparisonBody } from '../reports/comparison-html.ts';
import { html, type Markup } from '../reports/html-markup.ts';
import { reportStyle } from '../reports/html-style.ts';

const style = `${reportStyle}
a { color: var(--accent); }
form { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .8rem 1rem; align-items: center; margin: 1.5rem 0 2.5rem; }
label { color: var(--muted); }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--hair); border-radius: .3rem; padding: .45rem .6rem; width: 100%; max-width: 30rem; }
button { grid-column: 2; width: auto; justify-self: start; background: var(--accent); color: var(--on-accent); border-color: var(--accent); padding: .5rem 1.4rem; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
form .note { grid-column: 2; margin: 0; }
@media (max-width: 640px) { form { grid-template-columns: 1fr; } button, form .note { grid-column: 1; } }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Whatever is not in the page itself is forbidden; it may send its form to this server alone. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** What can be given back. */
export const shownAs = [
  { id: 'page', label: 'a page' },
  { id: 'pdf', label: 'a PDF' },
  { id: 'lines', label: 'JSON lines, one a row' },
] as const;
export type ShownAs = (typeof shownAs)[number]['id'];

const form = (
  formats: readonly string[],
  limit: string,
): Markup => html`<form method="post" action="/judge" enctype="multipart/form-data">
<label for="key">API key</label><input id="key" name="key" type="password" required autocomplete="off">
<label for="show">Give back</label><select id="show" name="show">${shownAs.map(({ id, label }) => html`<option value="${id}">${label}</option>`)}</select>
<label for="high">A high score means</label><select id="high" name="high_means"><option value="">as the format says</option><option value="breached">breached</option><option value="held">held</option></select>
<label for="file">Result file</label><input id="file" name="file" type="file" required>
<button type="submit">Judge</button>
<p class="note">At most ${limit}. Read as it is: ${formats.join(', ')}. Nothing of it is kept.</p>
</form>`;

interface PageParts {
  readonly software: string;
  readonly formats: readonly string[];
  readonly limit: string;
  /** What went wrong, in one sentence. */
  readonly problem?: string;
  readonly data?: ComparisonData;
}

export const judgePage = ({ software, formats, limit, problem, data }: PageParts): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Judge a result file - Redoubt</title>
<style>${{ markup: style }}</style>
</head>
<body><main>
<div class="top"><strong>${software}</strong><span>${data === undefined ? '' : html`<a href="/judge">Another file</a>`}</span></div>
${data === undefined ? html`<h1>Judge a result file</h1><p class="note">Answers that another tool collected, its verdicts beside ours: where it missed a breach, where it raised a false alarm, which errors it counted as a pass.</p>` : null}
${problem === undefined ? null : html`<p class="warning" role="alert">${problem}</p>`}
${data === undefined ? form(formats, limit) : comparisonBody(data)}
</main></body>
</html>
`.markup;
