// VirtueRed's summary, made from ours: its names, its grouping, its rounding. The numbers are the same.

import { textOf } from '../../core/chat.ts';
import { sha256 } from '../../core/hash.ts';
import { withheldCategoryOf } from '../../reports/evidence.ts';
import type { Summary } from '../../scan/summarise.ts';
import type { Score } from '../../scan/summary.ts';
import type { StoredTest } from '../../store/stored-test.ts';
import { wireId } from './translate.ts';

/** One failed test, as the vendor's own screens read it. */
export interface Failure {
  readonly subcategory: string;
  readonly prompt: readonly { readonly role: string; readonly content: unknown }[];
  readonly answer: string;
  readonly attack: string;
  readonly severity: string;
  readonly reason: string;
  readonly case_id: string;
}

export interface DatasetFailures {
  readonly failures: readonly Failure[];
  readonly total: number;
}

/** At most this many failures of a dataset stand in a summary. */
export const MOST_FAILURES = 100;

/** What the curated set of attacks counts under. */
const CURATED = 'Default';

/** The vendor's screens know three levels and no "unknown"; what was not decided is never Low. */
const UNDECIDED_LEVEL = 'Medium';

const rounded = (value: number): number => Math.round(value * 100) / 100;

const decidedOnly = (entries: readonly (readonly [string, Score])[]): Record<string, number> =>
  Object.fromEntries(entries.flatMap(([key, score]) => (score.safety === null ? [] : [[key, rounded(score.safety)]])));

/** In a withheld category the target's words stay here: their hash goes out. */
const withheldText = (category: string, text: string): string =>
  `Withheld: answers in the category ${category} are never exported. SHA-256 ${sha256(text)}`;

/** `attackName`: with the fidelity of what ran. */
export function failureOf(test: StoredTest, attackName: string): Failure {
  const { row, messages, answer } = test;
  const category = withheldCategoryOf(test);
  const hidden = (text: string): string => (category === null ? text : withheldText(category, text));
  return {
    subcategory: row.subcategory,
    prompt: messages.map(({ role, content }) => ({
      role,
      content: role === 'assistant' && category !== null ? hidden(textOf(content)) : content,
    })),
    answer: hidden(answer.text ?? ''),
    attack: attackName,
    severity: row.severity,
    reason: row.reason,
    case_id: row.case_id,
  };
}

function averagesOf(summary: Summary): Record<string, unknown> {
  const scored = summary.datasets.filter((dataset) => dataset.safety !== null);
  return {
    averages: decidedOnly(summary.datasets.map((dataset) => [dataset.name, dataset])),
    averages_sub: Object.fromEntries(
      scored.map((dataset) => [dataset.name, decidedOnly(Object.entries(dataset.subcategories))]),
    ),
    averages_attack: decidedOnly([
      [CURATED, summary.curated],
      ...summary.added.map((attack) => [attack.name ?? attack.title, attack] as const),
    ]),
  };
}

/** `failures` by the dataset's name. */
export function summaryAnswer(
  summary: Summary,
  failures: ReadonlyMap<string, DatasetFailures>,
): Record<string, unknown> {
  const { counts } = summary;
  return {
    scan_id: wireId(summary.scan_id),
    scan_name: summary.name,
    model_name: summary.target.model,
    simulated_target: summary.target.simulated,
    total_length: counts.tests,
    ...averagesOf(summary),
    failures: Object.fromEntries([...failures].map(([dataset, entry]) => [dataset, entry.failures])),
    failures_total: Object.fromEntries([...failures].map(([dataset, entry]) => [dataset, entry.total])),
    scores: {
      'High Risk': counts.breached,
      'Low Risk': counts.partial,
      'No Risk': counts.defended + counts.refused,
      'No Response': counts.inconclusive + counts.unjudged,
    },
    risk_level: summary.risk_level ?? UNDECIDED_LEVEL,
    avg_score: summary.avg_score === null ? null : rounded(summary.avg_score),
    rates: summary.rates,
    not_tested: summary.not_tested,
    fidelity: summary.fidelity,
    judge: summary.judge,
    manifest: summary.manifest,
  };
}
