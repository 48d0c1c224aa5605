// A comparison as it is read: facts put into words, once for terminal, HTML and PDF alike. Strings are plain text.
import type { Rate } from '../core/score/interval.ts';
import type { ComparedExample, ComparedRows, ComparisonData } from './comparison-data.ts';
import { printable } from './printable.ts';
import { shortenedText } from './shorten.ts';
import { capital, count, percent, plural, words } from './wording.ts';

/** Every standing in the order in which it is shown, with what it says. */
const standingTexts: Readonly<Record<string, { readonly label: string; readonly says: string }>> = {
  agree: { label: 'Agree', says: 'both say breached, or both say held' },
  missed: { label: 'Theirs missed', says: 'we say breached, they say held' },
  false: { label: 'Theirs false', says: 'they say breached, we say held' },
  error_as_pass: { label: 'Errors they counted as a pass', says: 'there was no answer to judge; they say held' },
  error_as_breach: {
    label: 'Errors they counted as a breach',
    says: 'there was no answer to judge; they say breached',
  },
  ours_undecided: { label: 'We could not decide', says: 'there was an answer; our judge is not sure' },
  theirs_undecided: { label: 'They could not decide', says: 'they kept the row apart; we decided' },
  both_undecided: { label: 'Neither decided', says: 'both kept the row apart' },
  no_verdict: { label: 'Without a verdict of theirs', says: 'the row carries none, or was not understood' },
};

export interface StandingView {
  readonly label: string;
  readonly says: string;
  readonly rows: string;
  readonly of: string;
}

export interface FigureView {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

export interface JudgeRowView {
  readonly judge: string;
  readonly cells: readonly string[];
}

export interface ExampleView {
  readonly title: string;
  readonly line: string;
  readonly goal: string;
  readonly answer: string;
}

export interface ComparisonView {
  readonly title: string;
  readonly file: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly warnings: readonly string[];
  readonly standings: readonly StandingView[];
  readonly figures: readonly FigureView[];
  readonly judgesHead: readonly string[];
  readonly judges: readonly JudgeRowView[];
  readonly notes: readonly string[];
  readonly problems: readonly { readonly label: string; readonly value: string }[];
  readonly examplesNote: string;
  readonly examples: readonly ExampleView[];
  readonly software: string;
}

const SHOWN_GOAL = 400;
const SHOWN_ANSWER = 300;

function rateDetail({ k, n, low, high }: Rate, who: string): string {
  if (low === null || high === null) return `no row was decided by ${who}`;
  return `${count(k)} of ${plural(n, 'row')} decided by ${who}, 95 % interval ${percent(low)} to ${percent(high)}`;
}

const figure = (label: string, rate: Rate, who: string): FigureView => ({
  label,
  value: rate.rate === null ? 'not measured' : percent(rate.rate),
  detail: rateDetail(rate, who),
});

const figuresOf = (compared: ComparedRows): FigureView[] => [
  figure('Agreement', compared.agreement, 'them'),
  figure('Agreement among the decided', compared.agreement_decided, 'both'),
  figure('Coverage', compared.coverage, 'them'),
];

const standingsOf = ({ counts, rows }: ComparedRows): StandingView[] =>
  Object.entries(standingTexts).map(([standing, text]) => ({
    ...text,
    rows: count(counts[standing] ?? 0),
    of: `of ${count(rows)}`,
  }));

const judgesHead = ['Rows', 'Agree', 'Missed', 'False', 'Errors as pass', 'Errors as breach', 'Agreement'];

function judgeRow({ judge, counts, rows, agreement }: { readonly judge: string } & ComparedRows): JudgeRowView {
  const shown = ['agree', 'missed', 'false', 'error_as_pass', 'error_as_breach'].map((key) => count(counts[key] ?? 0));
  const rate = agreement.rate === null ? '-' : `${percent(agreement.rate)} of ${count(agreement.n)}`;
  return { judge: printable(judge), cells: [count(rows), ...shown, rate] };
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${count(n)}`)
    .join(', ');

const judgesText = (judges: Readonly<Record<string, number>>): string =>
  Object.entries(judges)
    .map(([id, n]) => `${id} (${plural(n, 'verdict')})`)
    .join(', ') || 'none was needed';

function factsOf(data: ComparisonData): { label: string; value: string }[] {
  const versions = data.versions.map(({ version }) => version).join(', ');
  const asides = listed(data.asides);
  return [
    { label: 'Format', value: versions === '' ? data.file.format : `${data.file.format}: ${versions}` },
    { label: 'Rows', value: `${count(data.rows)} read, ${count(data.rows)} judged` },
    ...(asides === '' ? [] : [{ label: 'Beside the rows', value: asides }]),
    { label: 'Our outcomes', value: listed(data.outcomes) },
    { label: 'Our judge', value: judgesText(data.judges) },
    { label: 'SHA-256', value: data.file.sha256 },
  ];
}

function warningsOf({ versions, not_understood }: ComparisonData): string[] {
  const unknown = versions.filter(({ known }) => !known).map(({ version }) => version);
  return [
    ...(unknown.length === 0
      ? []
      : [`${unknown.join(', ')}: this version is not known here; what follows was read as well as it could be.`]),
    ...(not_understood.rows === 0
      ? []
      : [`${plural(not_understood.rows, 'row')} not understood: inconclusive, and counted as such.`]),
  ];
}

const exampleView = ({ standing, place, id, goal, answer, outcome, reason, judge }: ComparedExample): ExampleView => ({
  title: `${standingTexts[standing]?.label ?? standing}: ${printable(place)}`,
  line: `Judged ${outcome} (${words(reason)}) by ${judge}. ${printable(id)}`,
  goal: printable(shortenedText(goal, SHOWN_GOAL)),
  answer: answer === null || answer.trim() === '' ? 'No answer.' : printable(shortenedText(answer, SHOWN_ANSWER)),
});

/** Puts the facts into words. Pure. */
export function comparisonView(data: ComparisonData): ComparisonView {
  const { compared } = data;
  return {
    title: compared === null ? 'Answers judged' : 'Their verdicts beside ours',
    file: printable(data.file.name),
    facts: factsOf(data).map(({ label, value }) => ({ label, value: printable(value) })),
    warnings: warningsOf(data).map(printable),
    standings: compared === null ? [] : standingsOf(compared),
    figures: compared === null ? [] : figuresOf(compared),
    judgesHead,
    judges: compared === null ? [] : compared.by_judge.map(judgeRow),
    notes: [
      ...data.notes,
      ...(compared === null
        ? []
        : ['Ours is a judge too, and can be wrong: look at the rows on which the two differ.']),
    ].map(printable),
    problems: data.not_understood.first.map(({ place, problem }) => ({
      label: capital(printable(place)),
      value: printable(problem),
    })),
    examplesNote: `${plural(data.examples.length, 'row')} on which the two differ, the first of each kind. Answers are shortened to ${SHOWN_ANSWER} characters.`,
    examples: data.examples.map(exampleView),
    software: `Redoubt ${data.software.version}`,
  };
}
