// The style of the HTML report: no font, picture or script from elsewhere; light and dark as the reader's system says,
// and on paper light, with the colours that carry words or numbers.

export const reportStyle = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b2429; --muted: #5c6a70; --hair: #d5dde0; --accent: #0d5a6b; --tint: #e6f0f2; --fill: #6f9ca6; --on-accent: #fff; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #12181b; --ink: #e4eaec; --muted: #9aa9af; --hair: #2f3a3f; --accent: #7cc3d2; --tint: #1d282c; --fill: #3f7f8d; --on-accent: #0c1719; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
.top { display: flex; justify-content: space-between; gap: 1rem; color: var(--muted); }
.top strong, h2, .title { color: var(--accent); }
h1 { font-size: 2.4rem; line-height: 1.15; margin: 2rem 0 .3rem; }
h2 { font-size: 1.45rem; margin: 3.2rem 0 .6rem; }
h3 { font-size: 1.05rem; margin: 2.2rem 0 .2rem; }
p { margin: .4rem 0; }
.model { font-size: 1.3rem; font-weight: 650; color: var(--accent); }
.note, .meta { color: var(--muted); font-size: .9rem; }
.anywhere, td, dd, .said, .meta, .model { overflow-wrap: anywhere; }
.simulated { background: var(--accent); color: var(--on-accent); border-radius: .3rem; padding: 1rem 1.3rem; margin: 1.5rem 0; }
.simulated strong { display: block; font-size: 1.7rem; letter-spacing: .02em; text-transform: uppercase; line-height: 1.2; }
.rates { display: grid; grid-template-columns: 1.25fr; grid-auto-columns: 1fr; grid-auto-flow: column; grid-template-rows: auto auto auto auto auto; column-gap: 2rem; margin: 2rem 0; }
.rates > div { display: grid; grid-row: span 5; grid-template-rows: subgrid; align-items: end; }
.rates .note { align-self: start; }
.nowrap { white-space: nowrap; }
.title { font-weight: 650; }
.value { font-size: 1.9rem; font-weight: 700; line-height: 1.3; }
.rates > :first-child .value { font-size: 2.8rem; line-height: 1.15; }
.rates .value.none { font-size: 1.3rem; }
.risk { display: flex; gap: 2rem; align-items: center; border: solid var(--hair); border-width: 1px 0; padding: 1rem 0; margin: 1.5rem 0; }
.risk .value, .risk .title { white-space: nowrap; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .4rem 1rem; margin: 1rem 0; }
dl.wide { grid-template-columns: 15rem 1fr; font-size: .85rem; }
dt { color: var(--muted); }
dd { margin: 0; }
.warning { border-left: 3px solid var(--accent); background: var(--tint); padding: .6rem .9rem; margin: .7rem 0; }
.scroll { overflow-x: auto; }
.scroll td:first-child { min-width: 8rem; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 400; color: var(--muted); vertical-align: bottom; }
th, td { border-bottom: 1px solid var(--hair); padding: .42rem .5rem .42rem 0; vertical-align: middle; }
.number, .numbers th:not(:first-child) { text-align: right; white-space: nowrap; }
.number + .meta { padding-left: 1rem; }
.chart td:first-child { width: 34%; }
.chart .drawn { width: 30%; min-width: 8rem; }
.severities .drawn { width: 60%; }
.hash { font-family: ui-monospace, "SF Mono", "Noto Sans Mono", monospace; font-size: .78rem; }
svg.bar { display: block; width: 100%; height: 12px; overflow: visible; }
.bar .track { fill: var(--tint); } .bar .fill { fill: var(--fill); } .bar line { stroke: var(--ink); stroke-width: 1.6; vector-effect: non-scaling-stroke; }
.severity { color: var(--accent); font-weight: 650; }
.turn { border-left: 2px solid var(--hair); padding: .35rem .9rem .5rem; margin: .4rem 0; }
.turn.answer { border-left: 3px solid var(--accent); background: var(--tint); }
.turn.note .said { color: var(--muted); }
.role { font-size: .78rem; color: var(--muted); }
.said { white-space: pre-wrap; unicode-bidi: plaintext; }
footer { margin-top: 3rem; border-top: 1px solid var(--hair); padding-top: .8rem; color: var(--muted); font-size: .85rem; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.9rem; }
  .rates { display: block; }
  .rates > div { display: block; margin-bottom: 1.5rem; }
  .risk { display: block; }
  dl, dl.wide { grid-template-columns: 1fr; gap: 0 1rem; }
  dd { margin-bottom: .6rem; }
  .chart .optional { display: none; }
  .chart .drawn { min-width: 5rem; }
}
@media print {
  :root { color-scheme: light; }
  .simulated, .warning, .turn, .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } tr, .turn, .simulated, .rates, .risk { break-inside: avoid; }
}
`;
