// A comment for a pull request: what this change does to the application, on one screen.
import type { Rate } from '../core/score/interval.ts';
import { type CiData, type CiFinding, findingSentence, isOpen, SIMULATED_NOTE } from './ci-data.ts';
import { count, percent, plural, rateDetail } from './wording.ts';

/** By it a pipeline finds its own comment again, to write it anew. */
export const COMMENT_MARK = '<!-- redoubt -->';
const MOST_LISTED = 20;

/** Case ids and names come from users' files: they must not become markup. */
const plain = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|!~@]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');

function list(title: string, findings: readonly CiFinding[]): string[] {
  if (findings.length === 0) return [];
  const lines = findings
    .slice(0, MOST_LISTED)
    .map((finding) => `- \`${finding.fingerprint}\` ${plain(findingSentence(finding))} (${plain(finding.dataset)})`);
  const left = findings.length - lines.length;
  return ['', `**${title}: ${findings.length}**`, '', ...lines, ...(left > 0 ? [`- and ${left} more`] : [])];
}

function headingOf({ baseline, findings }: CiData): string {
  const open = findings.filter(isOpen).length;
  if (baseline === null) return `Redoubt: ${plural(findings.length, 'finding')}`;
  if (baseline.conclusion === 'worse') return `Redoubt: significantly worse, ${plural(open, 'new finding')}`;
  if (open > 0) return `Redoubt: ${plural(open, 'new finding')}`;
  return `Redoubt: no new finding (${baseline.conclusion})`;
}

/** Rates that are never added up, each with what it was counted from; those of which nothing was asked are left out. */
function rateRows(data: CiData): string[] {
  const rates: readonly (readonly [title: string, noun: string, rate: Rate, isShown: boolean])[] = [
    ['Attack success', 'test', data.attackSuccess, true],
    ['Attack success, searching', 'test', data.attackSuccessSearch, data.attackSuccessSearch.n > 0],
    ['Over-refusal', 'harmless request', data.overRefusal, true],
    ['Failure rate', 'test', data.failure, data.failure.n > 0],
  ];
  const valueText = (rate: Rate, noun: string): string => {
    if (rate.rate === null) return rateDetail(rate, noun);
    if (data.unreliable !== null) return `not given; as it judged ${count(rate.k)} of ${plural(rate.n, noun)}`;
    return `${percent(rate.rate)}: ${rateDetail(rate, noun)}`;
  };
  return rates.flatMap(([title, noun, rate, isShown]) => (isShown ? [`| ${title} | ${valueText(rate, noun)} |`] : []));
}

const decided = ({ state }: CiFinding): boolean => state === 'accepted' || state === 'false_positive';

/** No answer of the target stands in it. */
export function markdownComment(data: CiData): string {
  const { baseline, findings, fixed, earlyStop } = data;
  const known = findings.filter(({ state }) => state === 'known').length;
  const lines = [
    COMMENT_MARK,
    `### ${headingOf(data)}`,
    '',
    `${plain(data.model)}${data.simulated ? ` (${SIMULATED_NOTE}: nothing about a real model follows)` : ''}, ${plural(data.tests, 'test')}, ${data.inconclusive} inconclusive.`,
    '',
    ...(earlyStop === null ? [] : [plain(earlyStop), '']),
    ...(data.unreliable === null ? [] : [`${data.unreliable} No rate is given.`, '']),
    '| | |',
    '|---|---|',
    ...rateRows(data),
    ...(baseline === null
      ? []
      : [`| Against ${plain(baseline.name)} | ${plain(`${baseline.conclusion}; ${baseline.difference}`)} |`]),
    ...(baseline?.doubts ?? []).map((doubt) => `| Nothing concluded | ${plain(doubt)} |`),
    ...list(
      'New',
      findings.filter(({ state }) => state === 'new'),
    ),
    ...list(
      'Back again',
      findings.filter(({ state }) => state === 'regressed'),
    ),
    ...list('Fixed', fixed),
    '',
    `${plural(known, 'known finding')}, ${findings.filter(decided).length} accepted or marked as false. \`redoubt findings accept ID --reason WHY --until DATE\` takes one out of the way.`,
    '',
  ];
  return lines.join('\n');
}
