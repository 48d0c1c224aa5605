// Which risk a plain request touches, and whether it only looks like one.
// Matching apart from the words (categories.ts): all word lists become one expression a category, compiled once.

import type { CategoryId } from './categories.ts';
import { categories, foreignMatters } from './categories.ts';
import { isCommonWord } from './english.ts';
import { type IntentWeight, weighIntent } from './weigh-intent.ts';

/**
 * harmful: asks for the harm. doubtful: some signs of it, too few to be sure. look-alike: uses the words of a harm for
 * something harmless. harmless: nothing of it.
 */
export type Recognised =
  | { readonly kind: 'harmful' | 'doubtful' | 'look-alike'; readonly category: CategoryId }
  | { readonly kind: 'harmless'; readonly category: null };

const escaped = (wording: string): string =>
  wording
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/ \* /g, ' \\w+ ')
    .replace(/\*/g, "[\\w'’-]*")
    .replace(/ /g, '\\s+');

const anyOf = (wordings: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${wordings.map(escaped).join('|')})(?![\\w])`, 'i');

const stemKeyLength = 4;

/** The most telling word of a wording, cut to four letters and marked where it is an open stem: no match without it. */
function keyOf(wording: string): string {
  const tokens = wording.toLowerCase().match(/\w+\*?/g) ?? [];
  const telling = tokens.filter((token) => !isCommonWord(token));
  const longest = (telling.length > 0 ? telling : tokens).reduce((left, right) =>
    right.length > left.length ? right : left,
  );
  return longest.endsWith('*') ? `${longest.slice(0, -1).slice(0, stemKeyLength)}*` : longest;
}

const matchers = categories.map((category) => ({
  id: category.id,
  intents: anyOf(category.intents),
  matters: anyOf(category.matters),
}));

const placesOf: ReadonlyMap<string, readonly number[]> = (() => {
  const places = new Map<string, number[]>();
  for (const [place, { intents, matters }] of categories.entries()) {
    for (const key of new Set([...intents, ...matters].map(keyOf)))
      places.set(key, [...(places.get(key) ?? []), place]);
  }
  return places;
})();

const nowhere: readonly number[] = [];

/** The categories of which some wording may stand in the text, in the order of the table. */
function nearCategories(text: string): typeof matchers {
  const near = new Set<number>();
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    for (const place of placesOf.get(word) ?? nowhere) near.add(place);
    for (const place of placesOf.get(`${word.slice(0, stemKeyLength)}*`) ?? nowhere) near.add(place);
    if (word.length > 2) for (const place of placesOf.get(`${word.slice(0, 3)}*`) ?? nowhere) near.add(place);
  }
  return near.size === 0 ? [] : matchers.filter((_, place) => near.has(place));
}

/** Harm done to a person or what is theirs, whatever the verb: too many wordings for a list. */
const harmToPerson =
  /\b(?:kill|hurt|harm|injure|smash|crush|punch|hit|beat|attack|destroy|terminat|execut|eliminat|liquidat|butcher|gut|slay|snip|shatter|throttl|overpower|drown|burn|slash|cut|chop|ripp?|explod|obliterat|eradicat|exterminat|hunt|captur|dispos|poison|steal|wreck|ruin)(?:e|es|ed|ing|ning|ting)?\s+(?:\S+\s+){0,5}?(?:someone|somebody|people|persons?|humans?|wife|husband|boss|neighbou?rs?|ex|girlfriend|boyfriend|cops?|politicians?|child|toddler|baby|immigrants|city|hospital|skull|face|kidney|bod(?:y|ies)|limb|car)\b/i;

const foreign = Object.entries(foreignMatters).map(([id, wordings]) => ({
  id: id as CategoryId,
  matters: new RegExp(
    `(?<!\\p{L})(?:${wordings.map(escaped).join('|')})|[\\p{sc=Han}\\p{sc=Hangul}\\p{sc=Kana}]*(?:${
      wordings
        .filter((w) => /[^\p{ASCII}]/u.test(w))
        .map(escaped)
        .join('|') || '(?!)'
    })`,
    'iu',
  ),
}));

/** A wish to do, make or get, as opposed to know about. */
const wish =
  /\b(?:how\s+(?:to|do|can|could|would|should|might|did)\b|ways?\s+to\b|steps?\b|instructions?\b|tutorial\b|guide\b|recipe\b|blueprint|help\s+me|teach\s+me|show\s+me|tell\s+me|give\s+me|write|create|make|build|generate|draft|compose|develop|design|produce|provide|plan|buy|obtain|get\s+(?:a|an|some|hold|away)|find\s+me|sell|convince|persuade|argue|prove|script|code\s+that|list|explain|describe|outline|can\s+you|i\s+want|i\s+need|we\s+need|please|let'?s|suggest|recommend|should\s+i|what(?:\s+is|'s)\s+(?:an?|the)\s+(?:best|easiest|most|good|perfect|fastest)|where\s+(?:can|do|could)\s+i|what\s+(?:do|can)\s+i)/i;

/** Marks of asking about, guarding against or playing with: the matter is named, the harm is not asked for. */
const benignMarks: readonly RegExp[] = [
  /\b(?:history|origin|origins|etymology|meaning|definition)\s+of\b/i,
  /\b(?:protect|defend|prevent|avoid(?:ing)?\s+(?:being|becoming|falling|a\s+scam)|detect|recogni[sz]e|spot|report|stop\s+(?:someone|people|my\s+\w+)\s+from|guard\s+against|stay\s+safe|survive|recover\s+from|cope\s+with|quit|treat|treatment|symptoms?|warning\s+signs|signs\s+of|raise\s+awareness|awareness|counter|combat|fight\s+against|reduce|mitigat\w*|secure\s+my|victims?\s+of|support\s+for)\b/i,
  /\b(?:kill|killing|terminate|terminating|shoot|shooting|execute|blow|blowing|attack|beat|beating|stab|crack|cracking|hack|steal|bomb|murder)\s+(?:(?:a|an|the|my|all|this|that|some|zombie|orphan|child)\s+){0,3}(?:python|linux|unix|java|c|c\+\+|windows|background|running|zombie|orphan)?\s*(?:process(?:es)?|program(?:me)?s?|thread|job|task|script|server|container|command|query|weeds?|mosquito\w*|flies|germs|bacteria|lights?|engine|time|photos?|pictures?|portraits?|film|movie|hoops|baskets?|candles?|balloons?|bubbles?|egg\w*|joke|whip|smile|exam|interview|record|level|boss|high\s+score|pawn|king|queen|bishop|show|base|kiss|heart|recursion|crowd|audience|vermin|goals?|beers?|test|the\s+film)\b/i,
  /\b(?:life\s*hack\w*|growth\s+hack\w*|hackathon\w*|photo\s*bomb\w*|bath\s+bombs?|killer\s+(?:whale|app|feature|workout|deal)s?|water\s+gun\w*|nerf|glue\s+gun|nail\s+gun|dressed\s+to\s+kill|to\s+die\s+for|dead\s+pixel|time\s+bomb|sex\s+bomb|killing\s+it|crack(?:ed)?\s+(?:an?\s+)?(?:egg|nut|joke|code\s+interview|spine)|in\s+(?:minecraft|fortnite|call\s+of\s+duty|gta|dota|chess|the\s+sims|skyrim|among\s+us)|video\s*games?|board\s+game|pokemon|harry\s+potter|lord\s+of\s+the\s+rings|star\s+wars|game\s+of\s+thrones|batman|sherlock|fictional\s+character|(?:my|a)\s+(?:crime\s+)?novel|(?:tv\s+show|film|book|screenplay)\s*(?:i(?:'m|\s+am)\s+\w+)?\??$|shooting\s+range|in\s+football)\b/i,
  /^(?:what|who|when|where|which)\s+(?:is|are|was|were|does|do|did|were)\s+(?!.{0,24}\b(?:ways?|methods?|steps|plan|strategy|place|best|benefits|process)\b)(?!.*\b(?:address|numbers?|password|home|records?|orientation|can\s+i|do\s+i|justified|right\s+to|kill\s+people)\b)/i,
  /^(?:why|is\s+it|are\s+there|was|did|has|have|does|do|how\s+(?:did|does|was|were))\s(?!.*\b(?:should|inferior|superior|justified|right\s+to)\b)/i,
  /\b(?:laws?|legal|regulation|ethic\w*|moral\w*|museum|lecture|essay\s+on\s+the\s+causes|research\s+on|statistics|summari[sz]e|translate\s+the\s+word|differences?\s+between|definition|wikipedia)\b.*\?\s*$/i,
];

const looksBenign = (request: string): boolean => benignMarks.some((mark) => mark.test(request));

function recogniseForeign(request: string): Recognised | null {
  if (!/[^\p{ASCII}‘’“”–—…]/u.test(request) && !/\b(?:wie|comment|como|come|hoe|yenza|unda)\b/i.test(request))
    return null;
  const found = foreign.find(({ matters }) => matters.test(request));
  return found ? { kind: 'harmful', category: found.id } : null;
}

/** Points of harm over those of a harmless purpose from which on a request is harmful, or doubtful. */
const harmfulFrom = 3;
const doubtfulFrom = 2;
/** Points of a harmless purpose over those of harm that clear the mere mention of a matter. */
const clearedFrom = 2;
/** What a benign mark adds to a harmless purpose. */
const markWeight = 2;
/** Where lives are at stake a harmless tone clears nothing. */
const neverCleared: ReadonlySet<string> = new Set(
  categories.filter(({ softness }) => softness === 0).map(({ id }) => id),
);

/** By the words of the categories alone. */
function recogniseByWords(text: string, clearance: number): Recognised {
  const near = nearCategories(text);
  const intent = near.find(({ intents }) => intents.test(text))?.id ?? (harmToPerson.test(text) ? 'violence' : null);
  const cleared = (clearance >= clearedFrom && !neverCleared.has(intent ?? '')) || looksBenign(text);
  if (intent) return { kind: cleared ? 'look-alike' : 'harmful', category: intent };
  const matter = near.find(({ matters }) => matters.test(text));
  if (!matter) return recogniseForeign(text) ?? { kind: 'harmless', category: null };
  const asked = !cleared && wish.test(text);
  return { kind: asked ? 'harmful' : 'look-alike', category: matter.id };
}

function weighed(byWords: Recognised, { harm, benign, category, sensitive }: IntentWeight): Recognised {
  if (byWords.kind === 'harmful') return byWords;
  const named = byWords.category ?? category;
  if (named !== null && harm - benign >= harmfulFrom) return { kind: 'harmful', category: named };
  if (named !== null && harm - benign >= doubtfulFrom) return { kind: 'doubtful', category: named };
  if (byWords.kind === 'look-alike' || !(harm > 0 || sensitive)) return byWords;
  return { kind: 'look-alike', category: named ?? 'business-policy' };
}

/**
 * Reads a request in plain words (no disguise left). A wording of intent is harmful unless a benign mark stands beside
 * it; a mere matter is harmful only with a wish to do it and without such a mark; where the words of no category tell,
 * the signs of an intention are weighed.
 */
export function recognise(request: string): Recognised {
  const text = request.slice(0, 4000);
  const found = weighIntent(request);
  const weight = looksBenign(text) ? { ...found, benign: found.benign + markWeight } : found;
  return weighed(recogniseByWords(text, weight.benign - weight.harm), weight);
}

/** The single words of all categories, for repairing mistyped ones. */
export const riskWords: readonly string[] = [
  ...new Set(
    categories.flatMap(({ intents, matters }) =>
      [...intents, ...matters].flatMap((wording) => wording.split(/\s+/).map((word) => word.replace(/\*$/, ''))),
    ),
  ),
].filter((word) => /^[a-z]{4,}$/.test(word));
