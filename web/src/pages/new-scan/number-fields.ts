// The numbers of a new scan: where each stands in the form, what our API calls it, and what it may be.
import { type NumberRange, scanRanges } from '../../../../src/core/scan-ranges.ts';
import type { ScanForm } from './plan.ts';

export interface NumberField {
  /** As our API names it when it does not fit. */
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly range: NumberRange;
  readonly isOptional?: boolean;
  readonly of: (form: ScanForm) => string;
  readonly put: (form: ScanForm, value: string) => Partial<ScanForm>;
}

type OwnKey = Extract<
  keyof ScanForm,
  | 'limit'
  | 'benign'
  | 'seed'
  | 'concurrency'
  | 'qpm'
  | 'timeout'
  | 'maxCost'
  | 'maxCalls'
  | 'maxMinutes'
  | 'untilInterval'
>;

const own = (key: OwnKey): Pick<NumberField, 'of' | 'put'> => ({
  of: (form) => form[key],
  put: (_form, value) => ({ [key]: value }),
});

const ofTarget = (key: 'temperature' | 'maxTokens'): Pick<NumberField, 'of' | 'put'> => ({
  of: ({ target }) => target[key],
  put: ({ target }, value) => ({ target: { ...target, [key]: value } }),
});

const { concurrency, limit, maxCalls, maxCost, maxTokens, qpm, seed, temperature, timeout, untilInterval } = scanRanges;
const isOptional = true;

export const numbers: readonly NumberField[] = [
  {
    field: 'limit',
    label: 'Cases at most',
    hint: 'Drawn by the seed; empty: no limit',
    range: limit,
    isOptional,
    ...own('limit'),
  },
  {
    field: 'benign',
    label: 'Harmless twins',
    hint: 'For over-refusal; empty: as the preset says',
    range: { min: 0 },
    isOptional,
    ...own('benign'),
  },
  { field: 'seed', label: 'Seed', hint: 'The same seed, the same tests', range: seed, ...own('seed') },
  {
    field: 'target.concurrency',
    label: 'Calls at once',
    hint: 'Falls by itself when the target says 429',
    range: concurrency,
    ...own('concurrency'),
  },
  {
    field: 'target.qpm',
    label: 'Calls a minute',
    hint: 'Empty: no limit',
    range: qpm,
    isOptional,
    ...own('qpm'),
  },
  {
    field: 'target.timeout_seconds',
    label: 'Seconds a call',
    hint: 'Then it is tried again',
    range: timeout,
    ...own('timeout'),
  },
];

/** Of an endpoint alone: an application has none of its own. */
export const samplingNumbers: readonly NumberField[] = [
  { field: 'target.temperature', label: 'Temperature', range: temperature, ...ofTarget('temperature') },
  { field: 'target.max_tokens', label: 'Tokens an answer', range: maxTokens, ...ofTarget('maxTokens') },
];

/** What may end it before its last test. */
export const bounds: readonly NumberField[] = [
  {
    field: 'until_interval',
    label: 'Interval, ± points',
    hint: 'Until every dataset is known as well',
    range: untilInterval,
    isOptional,
    ...own('untilInterval'),
  },
  {
    field: 'max_cost',
    label: 'Cost at most',
    hint: 'Needs the prices of the models',
    range: maxCost,
    isOptional,
    ...own('maxCost'),
  },
  {
    field: 'max_calls',
    label: 'Calls at most',
    hint: 'To the target, retries too',
    range: maxCalls,
    isOptional,
    ...own('maxCalls'),
  },
  {
    field: 'max_seconds',
    label: 'Minutes at most',
    hint: 'A pause does not count',
    range: { min: 0.01, max: 525_600, whole: false },
    isOptional,
    ...own('maxMinutes'),
  },
];

export const hasSampling = ({ target }: ScanForm): boolean => target.kind === 'openai' || target.kind === 'named';
