// Candidates of a group: one readable change to a policy each, in the order in which they are preferred. Pure.

import { sigmoid } from '../../inference/calibration.ts';
import { LinearModel } from '../../inference/linear-model.ts';
import { defaultTraining, TrainingSet, trainHead } from '../../inference/linear-trainer.ts';
import { packModel } from '../../inference/weights-file.ts';
import { nearestOf, nearness, vectorOf } from '../detectors/examples.ts';
import { headSpec } from '../detectors/trained-head.ts';
import type { Policy, PolicyRule } from '../policy.ts';
import { counted, type Group, phrasesOf } from './groups.ts';
import { lot } from './texts.ts';

const draftKinds = ['detector', 'threshold', 'decoding', 'examples', 'head', 'phrases', 'own'] as const;
type DraftKind = (typeof draftKinds)[number];

export interface Draft {
  readonly kind: DraftKind;
  readonly group: Group;
  /** One sentence that a person can read. */
  readonly change: string;
  readonly policy: Policy;
}

/** What a group's candidates are drafted from. */
export interface DraftMaterial {
  readonly group: Group;
  /** Texts of its breaches. */
  readonly breached: readonly string[];
  readonly harmless: readonly string[];
  /** Scores of the injection detector on harmless texts; empty where it cannot decide. */
  readonly injectionScores: readonly number[];
  readonly budget: number;
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

export const policyIdOf = ({ by, name }: Pick<Group, 'by' | 'name'>): string =>
  by === 'wording' ? `harden-wording-${lot(name).toString(16)}` : `harden-${by}-${slugOf(name)}`;

function policyOf(group: Group, definition: string, rule: PolicyRule): Policy {
  return {
    id: policyIdOf(group),
    version: 1,
    definition,
    targets: ['user', 'context', 'tool'],
    rules: [rule],
    onFailure: 'closed',
    timeLimitMs: 5_000,
    overrideResponse: null,
    byDefault: true,
  };
}

const draft = (kind: DraftKind, group: Group, change: string, rule: PolicyRule): Draft => ({
  kind,
  group,
  change,
  policy: policyOf(group, change, rule),
});

/** The lowest threshold that at most `budget` of the harmless scores reach. */
function thresholdOver(scores: readonly number[], budget: number): number {
  const sorted = [...scores].sort((a, b) => b - a);
  const above = sorted[Math.floor(sorted.length * budget)] ?? 0;
  return Math.min(1, above + 1e-4);
}

const rounded = (threshold: number): number => Math.ceil(threshold * 1e4) / 1e4;

function injectionDrafts({ group, injectionScores, budget }: DraftMaterial): Draft[] {
  if (injectionScores.length === 0) return [];
  const moved = rounded(thresholdOver(injectionScores, budget / 2));
  const injectionDraft = (kind: DraftKind, change: string, threshold: number | null): Draft => {
    const drafted = draft(kind, group, change, { detector: 'modern-guard', action: 'block', threshold });
    return { ...drafted, policy: { ...drafted.policy, id: `${drafted.policy.id}-injection` } };
  };
  const on = injectionDraft('detector', 'Switch on the injection detector at its own threshold.', null);
  if (moved >= 0.5) return [on];
  return [on, injectionDraft('threshold', `Move the threshold of the injection detector from 0.5 to ${moved}.`, moved)];
}

const decodingDraft = ({ group }: DraftMaterial): Draft =>
  draft('decoding', group, 'Decode what is written in a code, and refuse texts that mostly are.', {
    detector: 'coded-text',
    action: 'block',
    threshold: null,
  });

const MOST_EXAMPLES = 60;
const LONGEST_EXAMPLE = 1_000;
const LEAST_NEARNESS = 0.35;

/** Examples that are far from one another: each next one is the one least like those chosen. */
function spread(texts: readonly string[], most: number): string[] {
  const vectors = texts.map(vectorOf);
  const chosen: number[] = texts.length === 0 ? [] : [0];
  const near = vectors.map((vector) => nearness(vector, vectors[0]!));
  while (chosen.length < Math.min(most, texts.length)) {
    let next = 0;
    for (let at = 1; at < near.length; at++) if (near[at]! < near[next]!) next = at;
    if (near[next]! > 0.9) break;
    chosen.push(next);
    for (const [at, vector] of vectors.entries()) near[at] = Math.max(near[at]!, nearness(vector, vectors[next]!));
  }
  return chosen.map((at) => texts[at]!);
}

function examplesDraft({ group, breached, harmless, budget }: DraftMaterial): Draft {
  const near = spread(
    breached.map((text) => text.slice(0, LONGEST_EXAMPLE)),
    MOST_EXAMPLES,
  );
  const vectors = near.map(vectorOf);
  const scores = harmless.map((text) => nearestOf(text, vectors));
  const threshold = rounded(Math.max(LEAST_NEARNESS, thresholdOver(scores, budget / 2)));
  const change = `Refuse what is at least ${threshold} like one of ${near.length} examples of ${group.name}.`;
  return draft('examples', group, change, { detector: 'examples', action: 'block', threshold, reference: { near } });
}

const HEAD_EPOCHS = 8;
const LEAST_HEAD = 0.5;
/** In log-odds above the threshold that the harmless texts at hand would allow: others are less like them. */
const MARGINS = [0, 1, 2];

const withMargin = (threshold: number, margin: number): number =>
  rounded(Math.min(0.9999, sigmoid(Math.log(threshold / Math.max(1e-6, 1 - threshold)) + margin)));

/** One head under several thresholds, the loosest first. */
function headDrafts({ group, breached, harmless, budget }: DraftMaterial): Draft[] {
  const texts = [...breached, ...harmless];
  const set = new TrainingSet(
    headSpec,
    texts.map((text) => ({ texts: [text], dense: [] })),
  );
  const lessons = texts.map((_, row) => ({ row, target: row < breached.length ? 1 : 0, weight: 1 }));
  const options = { ...defaultTraining, epochs: HEAD_EPOCHS };
  // The threshold is set by harmless texts that the head did not learn from: every second one is left out for that.
  const taught = lessons.filter(({ row }) => row < breached.length || row % 2 === 0);
  const model = new LinearModel(headSpec, set.scales, [trainHead(set, 'harden', taught, options)]);
  const scores = harmless.flatMap((text, index) =>
    (breached.length + index) % 2 === 1 ? [sigmoid(model.logits([text])[0] ?? 0)] : [],
  );
  const allowed = Math.max(LEAST_HEAD, thresholdOver(scores, budget / 2));
  const weights = Buffer.from(packModel('harden', model)).toString('base64');
  return MARGINS.map((margin) => {
    const threshold = withMargin(allowed, margin);
    const change = `Refuse what a linear head, trained on ${breached.length} breaches of ${group.name} and ${Math.ceil(harmless.length / 2)} harmless texts, scores at ${threshold} or more.`;
    return draft('head', group, change, {
      detector: 'trained-head',
      action: 'block',
      threshold,
      reference: { weights },
    });
  });
}

const MOST_PHRASES = 20;

/** Phrases that cover most breaches, greedily, and stand in no harmless text. */
function coveringPhrases(breached: readonly string[], harmless: readonly string[]): string[] {
  const forbidden = new Set(harmless.flatMap((text) => [...phrasesOf(text, 4)]));
  let left = breached.map((text) => phrasesOf(text, 4));
  const chosen: string[] = [];
  while (left.length > 0 && chosen.length < MOST_PHRASES) {
    const [best, n] = counted(left, (phrases) => phrases.difference(forbidden))[0] ?? ['', 0];
    if (n < 2) break;
    chosen.push(best);
    left = left.filter((phrases) => !phrases.has(best));
  }
  return chosen;
}

function phrasesDraft({ group, breached, harmless }: DraftMaterial): Draft[] {
  const phrases = coveringPhrases(breached, harmless);
  if (phrases.length === 0) return [];
  const change = `Refuse texts with one of ${phrases.length} phrases, e.g. "${phrases[0]}".`;
  return [
    draft('phrases', group, change, { detector: 'contains', action: 'block', threshold: null, reference: phrases }),
  ];
}

/** All candidates of a group; the phrase rule is the last resort. */
export const draftsOf = (material: DraftMaterial): Draft[] => [
  ...injectionDrafts(material),
  decodingDraft(material),
  examplesDraft(material),
  ...headDrafts(material),
  ...phrasesDraft(material),
];
