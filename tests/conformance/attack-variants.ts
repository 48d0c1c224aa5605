// Every attack in every form that differs, and random texts of many scripts: what property tests run over.
import type { Random } from '../../src/core/random.ts';
import { codes } from '../../src/scan/attacks/encoding/codes.ts';
import { attacks } from '../../src/scan/attacks/index.ts';
import { gameIds, variantsOf } from '../../src/scan/attacks/language-game/language-game.ts';

const flags = [false, true];

const flipForms = ['FWO', 'FCW', 'FCS', 'FMM'].flatMap((mode) =>
  flags.flatMap((langgpt) => flags.map((fewshot) => `flip:mode=${mode},langgpt=${langgpt},fewshot=${fewshot}`)),
);

export const encodingForms: readonly string[] = codes.flatMap(({ id, variants }) =>
  variants.map(([variant]) => `encoding:codec=${id},variant=${variant}`),
);

export const gameForms: readonly string[] = gameIds.flatMap((game) =>
  variantsOf(game).map((variant) => `language-game:game=${game},variant=${variant}`),
);

/** Each searches: one language a try. */
export const bijectionForms: readonly string[] = ['letter', 'digit', 'token'].flatMap((codomain) => [
  `bijection:codomain=${codomain}`,
  `bijection:codomain=${codomain},mapping=7,convention=pyrit`,
  `bijection:codomain=${codomain},fixed=0,shots=0,mapping=11`,
]);

export const chameleonForms: readonly string[] = ['reverse', 'odd-even', 'length', 'binary-tree'].map(
  (mode) => `code-chameleon:mode=${mode}`,
);

/** As a caller would name them; those that search are in searches.test.ts, pictures in attacks-images.test.ts. */
export const attackVariants: readonly string[] = [
  ...attacks.filter(({ search, family }) => search === undefined && family !== 'image').map(({ id }) => id),
  ...encodingForms,
  'encoding:codec=base64,wrap=true',
  'encoding:codec=caesar,shift=-7',
  ...flipForms,
  'flip:place=system',
  ...gameForms,
  'language-game:game=self-insert,insert=@p@',
  ...chameleonForms,
  'payload-splitting:chunk=1,shuffle=false',
  'many-shot:shots=100',
  ...['document', 'email', 'web', 'tool'].flatMap((carrier) =>
    ['start', 'middle', 'end'].map((position) => `indirect-injection:carrier=${carrier},position=${position}`),
  ),
  ...['plain', 'system', 'comment', 'urgent', 'ended'].map((marker) => `indirect-injection:marker=${marker}`),
  ...['light', 'heavy'].map((intensity) => `humor:intensity=${intensity}`),
  ...['gd', 'zu'].map((language) => `low-resource:language=${language}`),
  'emoji:mode=substitute',
  'emoji:mode=judge',
  'emoji:decorate=false',
  'dark-cite:citation=social-media,samples=3',
];

/** First and last code point of ranges, plain ones more often. */
const ranges: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0x20, 0x7e],
  [0x61, 0x7a],
  [0xa1, 0x17f],
  [0x370, 0x5f4],
  [0x600, 0x6ff],
  [0x900, 0x97f],
  [0x2000, 0x206f],
  [0x4e00, 0x4eff],
  [0x1f300, 0x1f64f],
  [0x0a, 0x0a],
];

/** Up to 120 code points, none of them half a surrogate pair. */
export function randomText(random: Random): string {
  const length = random.below(121);
  const range = ranges[random.below(ranges.length)]!;
  return Array.from({ length }, () => {
    const [first, last] = random.below(2) === 0 ? range : ranges[random.below(ranges.length)]!;
    return String.fromCodePoint(first + random.below(last - first + 1));
  }).join('');
}
