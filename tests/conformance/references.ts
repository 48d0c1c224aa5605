// Which attack of ours takes after which reference implementation, with which parameters; a new attack adds its lines here.
import { augment } from '../../src/scan/attacks/bon/augment.ts';
import { reorderings } from '../../src/scan/attacks/code-chameleon/reorderings.ts';
import { insertEmoji } from '../../src/scan/attacks/emoji/emoji-signs.ts';
import type { Vector } from './compare.ts';
import { recordingOf } from './python-random.ts';

interface Reference {
  readonly impl: RegExp;
  /** What ours writes, where it is not the request that is written so. */
  readonly payload?: (input: string) => string;
  /** The attack as a caller would name it; undefined where these parameters are not ours to match. */
  readonly attack: (params: Vector['params'], input?: string, mapping?: Vector['mapping']) => string | undefined;
}

interface DeclaredDifference {
  readonly applies: (vector: Vector) => boolean;
  readonly reason: string;
  /** Whether the two differ in nothing but that. */
  readonly holds: (vector: Vector, input: string) => boolean;
}

/** The draws of Python's generator for this seed and text stand in for ours. */
const bonOf: Reference['attack'] = ({ sigma, seed, only }, input = '') => {
  if (seed === undefined) return undefined;
  const step = (name: string): boolean => only === undefined || only === `${name}_only`;
  const steps = { scramble: step('scramble'), capitalise: step('caps'), noise: step('ascii') };
  const { draws, recorded } = recordingOf(Number(seed));
  augment(input, { sigma: Number(sigma), ...steps }, draws);
  const flags = Object.entries(steps).map(([name, on]) => `${name}=${on}`);
  return `bon:sigma=${Number(sigma)},${flags.join(',')},draws=${JSON.stringify(recorded)}`;
};

const encoding =
  (codec: string, variant: string): Reference['attack'] =>
  () =>
    `encoding:codec=${codec},variant=${variant}`;

const flipOf: Reference['attack'] = (params) => {
  const parts = String(params.variant).split('+');
  const flags = ['cot', 'langgpt', 'fewshot'].map((name) => `${name}=${parts.includes(name)}`);
  return `flip:mode=${String(params.mode)},${flags.join(',')}`;
};

const binAscii: Readonly<Record<string, string>> = {
  hex: 'hex',
  'quoted-printable': 'quoted-printable',
  UUencode: 'uuencode',
};

const garakBase64: Readonly<Record<string, string>> = {
  'base64.b64encode': 'pyrit',
  'base64.standard_b64encode': 'pyrit',
  'base64.urlsafe_b64encode': 'urlsafe',
};

const game =
  (id: string, variant?: string): Reference['attack'] =>
  () =>
    `language-game:game=${id}${variant === undefined ? '' : `,variant=${variant}`}`;

const chameleon: Reference['attack'] = ({ encrypt_type }) =>
  `code-chameleon:mode=${String(encrypt_type).replace('_', '-')}`;

const bijectionBy =
  (convention: string): Reference['attack'] =>
  (_params, _input, mapping) =>
    `bijection:convention=${convention},delimiter=none,mapping=${JSON.stringify(mapping)}`;

const references: readonly Reference[] = [
  { impl: /superred-optimizer-bijection/, attack: bijectionBy('original') },
  { impl: /pyrit.*(?:Letter|Digit)BijectionConverter/, attack: bijectionBy('pyrit') },
  { impl: /EmojiAttack/, attack: () => 'emoji:mode=judge', payload: insertEmoji },
  { impl: /rule-derived.*pig_latin_way/, attack: game('pig-latin', 'way') },
  { impl: /PyPI piglatin/, attack: game('pig-latin', 'hyphen') },
  { impl: /rule-derived.*ubbi_dubbi_letter/, attack: game('ubbi-dubbi', 'letter') },
  { impl: /rule-derived.*ubbi_dubbi_cluster/, attack: game('ubbi-dubbi', 'cluster') },
  { impl: /rule-derived.*opish_cluster/, attack: game('opish') },
  { impl: /rule-derived.*aigy_paigy_cluster/, attack: game('aigy-paigy') },
  { impl: /rule-derived.*alfa_balfa_cluster/, attack: game('alfa-balfa') },
  { impl: /rule-derived.*custom_insert_-a-_between_letters/, attack: game('self-insert') },
  { impl: /rule-derived.*custom_reverse_inner/, attack: game('self-reverse-inner') },
  { impl: /rule-derived.*custom_vowel_cycle/, attack: game('self-vowel-cycle') },
  { impl: /pyrit.*CodeChameleonConverter/, attack: chameleon },
  { impl: /EasyJailbreak.*Reverse/, attack: () => 'code-chameleon:mode=reverse' },
  { impl: /EasyJailbreak.*OddEven/, attack: () => 'code-chameleon:mode=odd-even' },
  { impl: /FlipAttack/, attack: flipOf },
  { impl: /bon-jailbreaking/, attack: bonOf },
  { impl: /pyrit.*FlipConverter/, attack: () => 'flip:mode=FCS' },
  { impl: /pyrit.*Base64Converter/, attack: encoding('base64', 'pyrit') },
  { impl: /pyrit.*ROT13Converter/, attack: encoding('rot13', 'pyrit') },
  { impl: /pyrit.*AtbashConverter/, attack: encoding('atbash', 'pyrit') },
  {
    impl: /pyrit.*CaesarConverter/,
    attack: ({ caesar_offset }) => `encoding:codec=caesar,variant=pyrit,shift=${Number(caesar_offset)}`,
  },
  {
    impl: /pyrit.*VigenereConverter/,
    attack: ({ key }) => `encoding:codec=vigenere,variant=pyrit,key=${String(key)}`,
  },
  { impl: /pyrit.*MorseConverter/, attack: encoding('morse', 'pyrit') },
  { impl: /pyrit.*BrailleConverter/, attack: encoding('braille', 'pyrit') },
  { impl: /pyrit.*NatoConverter/, attack: encoding('nato', 'pyrit') },
  { impl: /pyrit.*LeetspeakConverter/, attack: encoding('leetspeak', 'pyrit') },
  { impl: /pyrit.*BinaryConverter/, attack: encoding('binary', 'pyrit') },
  { impl: /pyrit.*UrlConverter/, attack: encoding('url', 'pyrit') },
  { impl: /pyrit.*UnicodeReplacementConverter/, attack: encoding('unicode-escapes', 'pyrit') },
  {
    impl: /pyrit.*BinAsciiConverter/,
    attack: ({ encoding_func }) => encoding(binAscii[String(encoding_func)] ?? '', 'pyrit')({}),
  },
  {
    impl: /garak.*InjectBase64/,
    attack: ({ func }) => encoding('base64', garakBase64[String(func)] ?? '')({}),
  },
  { impl: /garak.*InjectBase16/, attack: encoding('hex', 'pyrit') },
  { impl: /garak.*InjectBase32/, attack: encoding('base32', 'garak') },
  {
    impl: /garak.*InjectAscii85/,
    attack: ({ func }) => encoding('ascii85', func === 'base64.b85encode' ? 'garak-b85' : 'garak')({}),
  },
  { impl: /garak.*InjectHex/, attack: encoding('hex', 'garak') },
  { impl: /garak.*Inject(?:QP|Mime)/, attack: encoding('quoted-printable', 'garak') },
  { impl: /garak.*InjectUU/, attack: encoding('uuencode', 'garak') },
  { impl: /garak.*InjectROT13/, attack: encoding('rot13', 'pyrit') },
  { impl: /garak.*InjectBraille/, attack: encoding('braille', 'pyrit') },
  { impl: /garak.*InjectAtbash/, attack: encoding('atbash', 'garak') },
  { impl: /garak.*InjectMorse/, attack: encoding('morse', 'garak') },
  { impl: /garak.*InjectNato/, attack: encoding('nato', 'garak') },
  { impl: /EasyJailbreak.*Leetspeak/, attack: encoding('leetspeak', 'easyjailbreak') },
  { impl: /EasyJailbreak.*Rot13/, attack: encoding('rot13', 'pyrit') },
  { impl: /EasyJailbreak.*AsciiExpert/, attack: encoding('ascii', 'easyjailbreak') },
  { impl: /EasyJailbreak.*MorseExpert/, attack: encoding('morse', 'easyjailbreak') },
  {
    impl: /EasyJailbreak.*CaserExpert/,
    attack: ({ shift }) => `encoding:codec=caesar,variant=easyjailbreak,shift=${Number(shift)}`,
  },
  { impl: /deepteam.*base64/, attack: encoding('base64', 'pyrit') },
  { impl: /deepteam.*rot13/, attack: encoding('rot13', 'pyrit') },
  { impl: /deepteam.*leetspeak/, attack: encoding('leetspeak', 'deepteam') },
];

const garakLeet: Readonly<Record<string, string>> = { i: '1', e: '3', a: '4', o: '0', s: '5', t: '7' };

const isMaybeLeet = (letter: string, written: string): boolean =>
  written === letter || written === garakLeet[letter.toLowerCase()];

/** As Python prints it, with None and single quotes. */
const asPython = (json: string): string => json.replaceAll('"', "'").replaceAll('null', 'None');

/** The pieces stand in the text in the order of their sum. */
function areInOrder({ assignments = [], addition = '' }: Vector, text: string): boolean {
  const pieces = new Map(assignments.map((line) => line.split(' = ') as [string, string]));
  const places = addition.split(' + ').map((name) => text.indexOf(pieces.get(name) ?? '\0'));
  return places.every((place, at) => place >= (places[at - 1] ?? 0));
}

export const declaredDifferences: readonly DeclaredDifference[] = [
  {
    applies: ({ impl }) => /EasyJailbreak.*(?:Length|BinaryTree)/.test(impl),
    reason:
      "EasyJailbreak prints Python's own notation (single quotes, None); ours is JSON, as PyRIT's; the rest is the same",
    holds: ({ impl, output }, input) =>
      output === asPython(reorderings[/Length/.test(impl) ? 'length' : 'binary-tree'].encode(input)),
  },
  {
    applies: ({ impl }) => /h4rm3l.*PayloadSplitting/.test(impl),
    reason: "h4rm3l draws pieces and their order by numpy's generator, and the draws are not recorded; ours by our own",
    holds: areInOrder,
  },
  {
    applies: ({ impl, params }) => /InjectBase64/.test(impl) && params.func === 'binascii.b2a_base64',
    reason: 'binascii.b2a_base64 adds a line break at the end, which is no part of the code; the rest is the same',
    holds: ({ output }, input) => output === `${Buffer.from(input).toString('base64')}\n`,
  },
  {
    applies: ({ impl }) => /garak.*leetspeak/.test(impl),
    reason: "garak swaps each letter at random by Python's generator and the draws are not recorded; ours swaps all",
    holds: ({ output }, input) =>
      output?.length === input.length && Array.from(input).every((letter, at) => isMaybeLeet(letter, output[at]!)),
  },
];

/** Our attack that takes after the reference of a vector; undefined where there is none (yet). */
export function referenceOf(
  { impl, params, mapping }: Vector,
  input: string,
): { attack: string; payload?: Reference['payload'] } | undefined {
  const reference = references.find((each) => each.impl.test(impl));
  const attack = reference?.attack(params, input, mapping);
  return attack === undefined ? undefined : { attack, ...(reference?.payload ? { payload: reference.payload } : {}) };
}

/** References that no attack of ours takes after, and why; whatever is missing here is an undeclared difference. */
const notOurs: readonly (readonly [RegExp, string])[] = [
  [/^jplhughes.bon-jailbreaking$/, 'rates over many seeds: no output to compare'],
  [
    /pyrit.*(?:CharacterSpace|StringJoin|Diacritic|FirstLetter|Superscript|UnicodeSubstitution|ZeroWidth|Acrostic|AsciiArt)|Disemvowel/,
    'a disguise of letters or words that none of the named algorithms uses',
  ],
  [/(?:Ecoji|Base2048)/, 'a code that hardly any model reads'],
  [/pyrit.*EmojiConverter/, 'letters as enclosed signs: another thing than the Emoji Attack, in spite of the name'],
  [
    /pyrit.*(?:RandomCapital|CharSwap|InsertPunctuation)|h4rm3l.*Char/,
    "noise by Python's own generator, with draws that are not recorded",
  ],
  [/pyrit.*(?:Smuggler)/, 'hides the text from people, not from the model'],
  [
    /pyrit.*(?:ColloquialWordswap|JsonString|RepeatToken|SuffixAppend)|h4rm3l.*WordMixIn/,
    'adds to the request or rewords it; no named algorithm',
  ],
];

/** Why no attack of ours takes after the reference of a vector; undefined where nothing was declared. */
export const reasonApart = ({ impl }: Vector): string | undefined => notOurs.find(([known]) => known.test(impl))?.[1];
