// Weighs the signs of an intention in a request: harm on one side, a harmless purpose on the other.
// Pure and in one pass over the words, as it runs for every message.
import type { CategoryId } from './categories.ts';
import { hanSigns, type IntentRule, intentRules } from './intent-rules.ts';
import { type IntentGroup, intentWords } from './intent-words.ts';

export interface IntentWeight {
  /** Points for harm, 0 and up. */
  readonly harm: number;
  /** Points for a harmless purpose, 0 and up. */
  readonly benign: number;
  /** Of the weightiest sign of harm; null without one. */
  readonly category: CategoryId | null;
  /** It touches a subject at which a wary model hesitates. */
  readonly sensitive: boolean;
}

interface Wording {
  readonly group: number;
  readonly parts: readonly string[];
}

const groupNames = Object.keys(intentWords) as readonly IntentGroup[];
const groupNumber = new Map(groupNames.map((name, number) => [name, number]));
const sensitiveGroup = groupNumber.get('sensitive')!;
const keyLength = 3;
const clauseEnds = '.?!:;,\n¿¡';
const openingWords = 3;

const fits = (word: string, part: string): boolean =>
  part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : word === part;

/** All wordings under the first letters of their first word. */
const wordingsByKey: ReadonlyMap<string, readonly Wording[]> = (() => {
  const byKey = new Map<string, Wording[]>();
  for (const [group, name] of groupNames.entries())
    for (const wording of intentWords[name]) {
      const parts = wording.split(' ');
      const key = parts[0]!.replace('*', '').slice(0, keyLength);
      const listed = byKey.get(key);
      if (listed) listed.push({ group, parts });
      else byKey.set(key, [{ group, parts }]);
    }
  return byKey;
})();

const none: readonly Wording[] = [];

const standsAt = (words: readonly string[], place: number, parts: readonly string[]): boolean =>
  parts.every((part, index) => place + index < words.length && fits(words[place + index]!, part));

/** The places of each group's wordings among the words, in order. */
function placesOf(words: readonly string[]): readonly (readonly number[])[] {
  const places: number[][] = groupNames.map(() => []);
  for (const [place, word] of words.entries())
    for (const { group, parts } of wordingsByKey.get(word.slice(0, keyLength)) ?? none)
      if (standsAt(words, place, parts)) places[group]!.push(place);
  return places;
}

/** Whether one place of each group lies within the distance of the first. */
function near(lists: readonly (readonly number[])[], within: number, ordered: boolean): boolean {
  const [first, ...others] = lists;
  return first!.some((start) => {
    let from = start;
    return others.every((list) => {
      const next = list.find((place) =>
        ordered ? place > from && place - start <= within : place !== start && Math.abs(place - start) <= within,
      );
      if (next === undefined) return false;
      if (ordered) from = next;
      return true;
    });
  });
}

const rules = intentRules.map((rule) => ({ ...rule, numbers: rule.groups.map((name) => groupNumber.get(name)!) }));

/** The words of a request, and of each how many stand before it in its clause. */
interface Read {
  readonly words: readonly string[];
  readonly depths: readonly number[];
}

function readWords(text: string): Read {
  const words: string[] = [];
  const depths: number[] = [];
  let depth = 0;
  for (const piece of text.toLowerCase().match(/[\p{L}\p{N}]+|[.?!:;,\n¿¡]/gu) ?? []) {
    if (piece.length === 1 && clauseEnds.includes(piece)) depth = 0;
    else {
      words.push(piece);
      depths.push(depth++);
    }
  }
  return { words, depths };
}

function applies(
  rule: IntentRule & { readonly numbers: readonly number[] },
  places: readonly (readonly number[])[],
  depths: readonly number[],
): boolean {
  const lists = rule.numbers.map((number) => places[number]!);
  if (lists.some((list) => list.length === 0)) return false;
  if (lists.length === 1) return !rule.opening || lists[0]!.some((place) => depths[place]! < openingWords);
  return near(lists, rule.within ?? 0, rule.ordered ?? false);
}

interface Sign {
  readonly weight: number;
  readonly category: CategoryId;
}

function summed(signs: readonly Sign[], sensitive: boolean): IntentWeight {
  const harms = signs.filter(({ weight }) => weight > 0);
  const weightiest = harms.reduce<Sign | null>(
    (best, sign) => (best && best.weight >= sign.weight ? best : sign),
    null,
  );
  return {
    harm: harms.reduce((sum, { weight }) => sum + weight, 0),
    benign: signs.reduce((sum, { weight }) => sum + Math.max(0, -weight), 0),
    category: weightiest?.category ?? null,
    sensitive,
  };
}

/** Weighs a request of any length; only its first and last words count in a long one. */
export function weighIntent(request: string): IntentWeight {
  const text = request.length <= 1200 ? request : `${request.slice(0, 400)} ${request.slice(-800)}`;
  const { words, depths } = readWords(text);
  const places = placesOf(words);
  const signs: Sign[] = rules.filter((rule) => applies(rule, places, depths));
  if (/\p{sc=Han}/u.test(text)) signs.push(...hanSigns.filter(({ wording }) => wording.test(text)));
  return summed(signs, places[sensitiveGroup]!.length > 0);
}
