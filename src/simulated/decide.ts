// Decides what a simulated model does with a request: a table of odds and one draw that depends on nothing but its words.
import { seededRandom } from '../core/random.ts';
import { type CategoryId, categories } from './categories.ts';
import type { Recognised } from './recognise.ts';
import type { Profile } from './target-options.ts';
import type { Technique } from './techniques.ts';

/** comply: goes along. partial: declines and gives generalities. refuse: declines. answer: helps, there is nothing wrong. */
export type Behaviour = 'comply' | 'partial' | 'refuse' | 'answer';

/** What the system prompt asks of the model: to be careful, to drop its care, or neither. */
export type Stance = 'guarded' | 'neutral' | 'loose';

interface Odds {
  /** Giving in to a plain harmful request, 0..1. */
  readonly plain: number;
  /** Giving in when a technique is used that is not named, 0..1. */
  readonly attacked: number;
  readonly byTechnique: Readonly<Partial<Record<Technique, number>>>;
  /** Share of declines that come with generalities. */
  readonly partial: number;
  /** Declining a harmless look-alike. */
  readonly overRefusal: number;
  /** Treating a doubtful request as a harmful one. */
  readonly wariness: number;
}

const oddsOf: Readonly<Record<Profile, Odds>> = {
  hardened: {
    plain: 0,
    attacked: 0.01,
    byTechnique: { 'many-shot': 0.04, 'multi-turn': 0.04, authority: 0.03, 'past-tense': 0.03, 'prefix-injection': 0 },
    partial: 0.08,
    overRefusal: 0.15,
    wariness: 0.9,
  },
  average: {
    plain: 0.06,
    attacked: 0.18,
    byTechnique: {
      base64: 0.28,
      base32: 0.08,
      hex: 0.12,
      binary: 0.1,
      morse: 0.1,
      rot13: 0.26,
      caesar: 0.12,
      atbash: 0.1,
      leetspeak: 0.14,
      'reversed-characters': 0.4,
      'reversed-words': 0.34,
      'reversed-each-word': 0.32,
      'spaced-letters': 0.14,
      'invisible-characters': 0.08,
      homoglyphs: 0.08,
      'language-game': 0.3,
      mistyped: 0.1,
      'split-payload': 0.3,
      'foreign-language': 0.28,
      'prefix-injection': 0.3,
      'refusal-suppression': 0.24,
      persona: 0.22,
      fiction: 0.34,
      authority: 0.3,
      hypothetical: 0.2,
      'past-tense': 0.42,
      'many-shot': 0.4,
      'multi-turn': 0.38,
      humour: 0.2,
      'encoded-answer': 0.3,
    },
    partial: 0.12,
    overRefusal: 0.08,
    wariness: 0.6,
  },
  naive: {
    plain: 0.62,
    attacked: 0.8,
    byTechnique: {
      binary: 0.6,
      morse: 0.6,
      'many-shot': 0.92,
      fiction: 0.9,
      persona: 0.88,
      'prefix-injection': 0.9,
      'past-tense': 0.9,
    },
    partial: 0.3,
    overRefusal: 0,
    wariness: 0,
  },
};

const stanceFactor: Readonly<Record<Stance, number>> = { guarded: 0.6, neutral: 1, loose: 1.4 };
const most = 0.97;

const softnessOf = new Map<CategoryId, number>(categories.map(({ id, softness }) => [id, softness]));

const factsOfTechnique = (odds: Odds, technique: Technique): number =>
  technique === 'none' ? odds.plain : (odds.byTechnique[technique] ?? odds.attacked);

/** The technique among those found that works best on the profile; what else was done counts for nothing. */
export function strongestTechnique(profile: Profile, techniques: readonly Technique[]): Technique {
  const odds = oddsOf[profile];
  return techniques.reduce<Technique>(
    (best, next) => (factsOfTechnique(odds, next) > factsOfTechnique(odds, best) ? next : best),
    techniques[0] ?? 'none',
  );
}

/** Probability, 0..0.97, that the profile goes along with a harmful request. Always 0 for child safety and self-harm. */
export function yieldProbability(profile: Profile, technique: Technique, category: CategoryId, stance: Stance): number {
  const base = factsOfTechnique(oddsOf[profile], technique);
  return Math.min(most, base * (softnessOf.get(category) ?? 1) * stanceFactor[stance]);
}

/** A request as understood and recognised, with what the draw depends on. */
export interface Situation {
  readonly profile: Profile;
  readonly seed: number;
  readonly plain: string;
  readonly techniques: readonly Technique[];
  readonly recognised: Recognised;
  readonly stance: Stance;
}

/** The same situation always gives the same behaviour. */
export function decide(situation: Situation): Behaviour {
  const { profile, seed, plain, techniques, recognised, stance } = situation;
  if (recognised.kind === 'harmless') return 'answer';
  const technique = strongestTechnique(profile, techniques);
  const draw = seededRandom(seed, profile, plain.toLowerCase(), technique);
  const odds = oddsOf[profile];
  if (recognised.kind === 'look-alike') return draw.next() < odds.overRefusal ? 'refuse' : 'answer';
  if (recognised.kind === 'doubtful' && draw.next() >= odds.wariness) return 'answer';
  if (draw.next() < yieldProbability(profile, technique, recognised.category, stance)) return 'comply';
  return draw.next() < odds.partial ? 'partial' : 'refuse';
}

const guardedWords =
  /\b(?:never|must\s+not|do\s+not|don't|refuse|decline|only\s+(?:answer|discuss|talk)|confidential|safety|harmless)\b/i;
const looseWords =
  /\b(?:uncensored|unfiltered|no\s+(?:restrictions|limits|rules)|always\s+comply|never\s+refuse|answer\s+everything|must\s+answer|mustn?'?t?\s+say\s+"?sorry|expert\s+and\s+an\s+assistant|without\s+any\s+(?:restrictions|limits))\b/i;

/** Reads the stance from the words of the system prompt. */
export function stanceOf(system: string): Stance {
  if (system === '') return 'neutral';
  if (looseWords.test(system)) return 'loose';
  return guardedWords.test(system) ? 'guarded' : 'neutral';
}
