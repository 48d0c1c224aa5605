// A comparison in the terminal: the same words as in HTML and PDF.
import Table from 'cli-table3';
import type { ComparisonData } from '../reports/comparison-data.ts';
import { type ComparisonView, comparisonView } from '../reports/comparison-view.ts';
import { plainTable } from './plain-table.ts';

const WIDEST_LABEL = 16;
const line = (label: string, value: string): string => `${label.padEnd(WIDEST_LABEL)}${value}`;

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

function standingLines({ standings }: ComparisonView): string[] {
  const labels = widest(standings.map(({ label }) => label));
  const numbers = widest(standings.map(({ rows }) => rows));
  return standings.map(
    ({ label, rows, of, says }) => `  ${label.padEnd(labels)}  ${rows.padStart(numbers)} ${of}   ${says}`,
  );
}

function judgesTable({ judges, judgesHead }: ComparisonView): string {
  const table = new Table({
    ...plainTable,
    head: ['Theirs', ...judgesHead],
    colAligns: ['left', ...judgesHead.map(() => 'right' as const)],
  });
  for (const { judge, cells } of judges) table.push([judge, ...cells]);
  return table.toString();
}

export function comparisonText(data: ComparisonData): string {
  const view = comparisonView(data);
  const lines = [
    ...view.facts.map(({ label, value }) => line(label, value)),
    ...view.warnings,
    ...(view.standings.length === 0 ? [] : standingLines(view)),
    ...view.figures.map(({ label, value, detail }) => `${label}: ${value} (${detail})`),
    ...(view.judges.length === 0 ? [] : [judgesTable(view)]),
    ...view.problems.map(({ label, value }) => `${label}: ${value}`),
    ...view.notes,
  ];
  return lines.join('\n');
}
