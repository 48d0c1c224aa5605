// The list of attacks; a new one is a file and a line here. Also: how an attack is named with its parameters.
import { invalidField, unknownValue } from '../../core/errors.ts';
import { issueReason, issueWords, plainIssue } from '../../core/issue-words.ts';
import type { Attack, AttackParameters } from './attack.ts';
import { badLikertJudge } from './bad-likert-judge.ts';
import { bijection } from './bijection/bijection.ts';
import { bon } from './bon/bon.ts';
import { codeChameleon } from './code-chameleon/code-chameleon.ts';
import { crescendo } from './crescendo.ts';
import { darkCite } from './dark-cite/dark-cite.ts';
import { direct } from './direct.ts';
import { emoji } from './emoji/emoji.ts';
import { encoding } from './encoding/encoding.ts';
import { flip } from './flip.ts';
import { goat } from './goat.ts';
import { humor } from './humor.ts';
import { indirectInjection } from './indirect-injection.ts';
import { languageGame } from './language-game/language-game.ts';
import { lowResource } from './low-resource.ts';
import { manyShot } from './many-shot.ts';
import { nestedFiction } from './nested-fiction.ts';
import { pair } from './pair.ts';
import { pap } from './pap.ts';
import { namesText, spelledAsOurs } from './parameter-names.ts';
import { pastTense } from './past-tense/past-tense.ts';
import { payloadSplitting } from './payload-splitting.ts';
import { persona } from './persona.ts';
import { prefixInjection } from './prefix-injection.ts';
import { refusalSuppression } from './refusal-suppression.ts';
import { rolePlay } from './role-play.ts';
import { skeletonKey } from './skeleton-key.ts';
import { systemPromptExtraction } from './system-prompt-extraction.ts';
import { tap } from './tap.ts';
import { typographic } from './typographic/typographic.ts';

// biome-ignore format: one line an attack
export const attacks: readonly Attack[] = [
  direct,
  prefixInjection,
  refusalSuppression,
  persona,
  rolePlay,
  encoding,
  payloadSplitting,
  nestedFiction,
  codeChameleon,
  pastTense,
  lowResource,
  manyShot,
  skeletonKey,
  badLikertJudge,
  indirectInjection,
  systemPromptExtraction,
  flip,
  languageGame,
  humor,
  bon,
  crescendo,
  goat,
  pair,
  tap,
  pap,
  emoji,
  darkCite,
  bijection,
  typographic,
];

/** An attack with checked parameters, as a plan holds it. `label` names both, e.g. "flip:mode=FWO". */
export interface ChosenAttack {
  readonly id: string;
  readonly label: string;
  readonly parameters: AttackParameters;
}

/** The attack with this id, title or short name, letter case aside, and the parameters that a short name stands for. */
function findAttack(name: string): { readonly attack: Attack; readonly implied: string } | undefined {
  const wanted = name.trim().toLowerCase();
  const named = attacks.find((attack) => attack.id === wanted || attack.title.toLowerCase() === wanted);
  if (named) return { attack: named, implied: '' };
  const attack = attacks.find((each) => each.shortNames?.has(wanted));
  return attack && { attack, implied: attack.shortNames?.get(wanted) ?? '' };
}

/** The attack with this id, for a scan that may be older than the list. */
export const findAttackById = (id: string): Attack | undefined => attacks.find((attack) => attack.id === id);

/** The attack with this id; a plan names only those that exist. */
export function requireAttack(id: string): Attack {
  const attack = findAttackById(id);
  if (!attack)
    throw unknownValue(
      'attack',
      id,
      attacks.map((each) => each.id),
    );
  return attack;
}

/** At commas, but not inside brackets or quotes: a value may be JSON. */
const pairPattern = /(?:\{[^}]*\}|\[.*\]|"[^"]*"|[^,])+/g;

function readParameters(field: string, written: string): Record<string, string> {
  const pairs = (written.match(pairPattern) ?? []).filter((pair) => pair.trim() !== '');
  const read = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw invalidField(field, `parameters are written as name=value, not "${pair}"`);
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    const earlier = read.get(name) ?? value;
    if (earlier !== value) throw invalidField(field, `${name} is given twice, as ${earlier} and as ${value}`);
    read.set(name, value);
  }
  return Object.fromEntries(read);
}

const titles = (): string[] => attacks.map((each) => each.title);

/** What is said of parameters that do not fit. */
const parameterWords: typeof issueWords = (issue) => {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'unrecognized_keys') return `no parameter ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  return issueWords(issue);
};

/**
 * Reads "name" or "name:parameter=value,..." into an attack with checked parameters, spelled as ours.
 * `further` are parameters that are given apart, which need no separating.
 * Throws UNKNOWN_VALUE for an unknown name and INVALID_FIELD for parameters that do not fit; `field` names the place,
 * and `allowed` gives the names to list.
 */
export function chooseAttack(
  written: string,
  field = 'attack',
  further: Readonly<Record<string, string>> = {},
  allowed: () => readonly string[] = titles,
): ChosenAttack {
  const [name = '', parameterText = ''] = splitOnce(written, ':');
  const found = findAttack(name);
  if (!found) throw unknownValue(field, name, allowed());
  const { attack, implied } = found;
  const given = spelledAsOurs(attack, { ...readParameters(field, `${parameterText},${implied}`), ...further });
  const parsed = attack.parameters.safeParse(given, { reportInput: true, error: parameterWords });
  if (!parsed.success) {
    const told = parsed.error.issues
      .map(plainIssue)
      .map((issue) =>
        issue.code === 'unrecognized_keys'
          ? `${issue.message}; ${namesText(attack)}`
          : [...issue.path, issueReason(issue)].join(': '),
      );
    throw invalidField(field, `${attack.id}: ${told.join('; ')}`);
  }
  const label = [attack.id, ...Object.entries(parsed.data).map(([key, value]) => `${key}=${valueText(value)}`)];
  return {
    id: attack.id,
    label: label.length > 1 ? `${label[0]}:${label.slice(1).join(',')}` : attack.id,
    parameters: parsed.data,
  };
}

const valueText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
