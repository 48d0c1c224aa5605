// What a person reads in the terminal when a scan has ended: rates with n and interval, datasets, what was not tested.

import Table from 'cli-table3';
import type { Redoubt } from '../compose.ts';
import type { Rate } from '../core/score/interval.ts';
import { riskLevelOf } from '../core/score/risk-level.ts';
import { earlyStopSentences, earlyStopWarning } from '../reports/early-stop-view.ts';
import { judgeRows, whyNoHeadline } from '../reports/judge-view.ts';
import { printable } from '../reports/printable.ts';
import { shorten } from '../reports/shorten.ts';
import { spentText } from '../reports/spent-view.ts';
import { attackLabel, percent, plural, scoreText } from '../reports/wording.ts';
import { lastFailureOf } from '../scan/last-failure.ts';
import { reportJudgeOf } from '../scan/report-judge.ts';
import type { SearchFigures } from '../scan/search-figures.ts';
import type { Summary } from '../scan/summarise.ts';
import { plainTable } from './plain-table.ts';

/** E.g. "12.5 % (5 of 40, 95 % interval 5.5 % to 26.1 %)". */
export function rateText(rate: Rate): string {
  if (rate.rate === null || rate.low === null || rate.high === null) return 'not measured';
  return `${percent(rate.rate)} (${rate.k} of ${rate.n}, 95 % interval ${percent(rate.low)} to ${percent(rate.high)})`;
}

function datasetTable(summary: Summary): string {
  const table = new Table({
    ...plainTable,
    head: ['Dataset', 'Cases', 'Safety', '95 % interval', 'Inconclusive'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const dataset of summary.datasets)
    table.push([
      dataset.name,
      dataset.cases,
      scoreText(dataset.safety),
      dataset.low === null ? '-' : `${scoreText(dataset.low)} to ${scoreText(dataset.high)}`,
      dataset.inconclusive,
    ]);
  return table.toString();
}

/** The line below one of attacks that ask once; none where no attack searched. */
const searching = (search: Rate | null | undefined): string[] =>
  (search?.n ?? 0) === 0 ? [] : [`  searching     ${rateText(search!)}`];

/** E.g. "guard_in 12, model 30, nobody 5 of 47". */
function guardLines({ guard }: Summary): string[] {
  if (guard === undefined) return [];
  const who = Object.entries(guard.stopped_by).map(([stopper, n]) => `${stopper.replace('_', ' ')} ${n}`);
  return [
    `Guard           ${guard.mode === 'only' ? 'alone, the target was not asked' : 'beside the target'}`,
    `Stopped by      ${who.join(', ')}; ${guard.tests} tests`,
    ...(guard.success_without === null ? [] : [`Bare target     ${rateText(guard.success_without)}`]),
    ...searching(guard.success_without_search),
    `With the guard  ${rateText(guard.success_with)}`,
    ...searching(guard.success_with_search),
    `Needlessly      ${rateText(guard.needless)}`,
  ];
}

const inconclusiveText = (summary: Summary): string => {
  const reasons = Object.entries(summary.counts.inconclusive_reasons).map(([reason, n]) => `${reason} ${n}`);
  return `${summary.counts.inconclusive} of ${summary.counts.tests}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`;
};

const searchLines = ({ title, fidelity, at, controls, controls_undecided: undecided = 0 }: SearchFigures): string[] => {
  const ends = at.length > 1 ? [at[0]!, at.at(-1)!] : at;
  const noControls = undecided > 0 ? 'no control was decided' : 'no controls';
  return ends.map(({ k, success, false_success, corrected }) => {
    const without = corrected === null ? 'not corrected' : `corrected ${percent(corrected)}`;
    const falsely =
      false_success.rate === null ? noControls : `false success ${percent(false_success.rate)} of ${controls} controls`;
    return `${attackLabel(title, fidelity)}, success within ${k}: ${rateText(success)}; ${without}, ${falsely}`;
  });
};

const LABEL = 16;
const LONGEST_FAILURE = 300;

/** What an endpoint says of itself may hold anything. */
const oneLine = (text: string): string => shorten(printable(text).replace(/\s+/g, ' '), LONGEST_FAILURE).text;

/** The rates; where the judge is not to be believed, that sentence in their place. */
function ratesOf(summary: Summary, unreliable: string | null): string[] {
  if (unreliable !== null) return [`Result          not given. ${unreliable}`];
  const { rates } = summary;
  return [
    `Risk level      ${riskLevelOf(summary) ?? 'none: nothing was decided'}`,
    `Attack success  ${rateText(rates.attack_success)}`,
    ...searching(rates.attack_success_search),
    `Over-refusal    ${rateText(rates.over_refusal)}`,
    `Failure rate    ${rateText(rates.failure)}`,
  ];
}

function earlyStopLines({ early_stop: stop }: Summary): string[] {
  return stop === undefined ? [] : [earlyStopWarning(stop), ...earlyStopSentences(stop)];
}

/** `lastFailure`: why the last test without an answer has none; null where every one has. */
export function headlineOf(summary: Summary, lastFailure: string | null): string {
  const target = `${summary.target.model} at ${summary.target.url}${summary.target.simulated ? ' (simulated target)' : ''}`;
  const judge = reportJudgeOf(summary);
  const unreliable = whyNoHeadline(judge);
  const lines = [
    `Target          ${target}`,
    ...ratesOf(summary, unreliable),
    `Inconclusive    ${inconclusiveText(summary)}`,
    ...(lastFailure === null ? [] : [`  the last      ${oneLine(lastFailure)}`]),
    ...(summary.counts.unjudged > 0 ? [`Unjudged        ${summary.counts.unjudged}`] : []),
    ...judgeRows(judge).map(({ label, value }) => `${label.padEnd(LABEL)}${value}`),
    ...(summary.spent === undefined ? [] : [`Spent           ${spentText(summary.spent)}`]),
    ...guardLines(summary),
    ...(summary.marks === undefined
      ? []
      : [
          `Marked          ${summary.marks.marked} by people, ${summary.marks.wrong} as wrong; with the marks attack success ${rateText(summary.marks.rates.attack_success)}`,
        ]),
    ...(unreliable === null ? summary.searches.flatMap(searchLines) : []),
    datasetTable(summary),
    ...earlyStopLines(summary),
    ...summary.not_tested.map(
      (entry) => `Not tested: ${entry.dataset}, ${plural(entry.cases, 'case')}: ${entry.reason}.`,
    ),
  ];
  return lines.join('\n');
}

/** The same with what the results of the scan hold and its summary does not. */
export async function headlineFor(
  { store, vault }: Pick<Redoubt, 'store' | 'vault'>,
  summary: Summary,
): Promise<string> {
  const { inconclusive } = summary.counts;
  return headlineOf(summary, inconclusive === 0 ? null : await lastFailureOf(store, vault, summary.scan_id));
}
