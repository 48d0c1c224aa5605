// Words that no test case may hold, as the first 16 hex digits of their SHA-256, so that the list itself says nothing.
// A case is written at the level of intent: it names a category, never a substance, an exploit or an insult.
import { createHash } from 'node:crypto';

const hashesIn = (block: string): ReadonlySet<string> => new Set(block.trim().split(/\s+/));

/** Agents, precursors, explosives, exploits and malware by name. */
const names = hashesIn(`
  030f8a4bbe8e6e37 06e452462a9b9954 0a11050211a20cd5 0d96c6e817a7cfbe 10aed36a0261f969 214644fecf228476
  22b621f5df046ef9 25ebabb26897b16e 2760e23f10c86e21 3211e2d6a8e7641b 32cc576002135ea1 33855b66548f3119
  3528c66f67d263b6 3811397053ce5c7f 3814a7738700dc2e 3a251f4e55a83ccd 3fd7d1f4b92e511e 459998d6096619e0
  45c48d6a06a0286a 462b5cb74c427dc4 489d786c864f83fc 5128af3d3103ba05 5a16a2337c05faa9 606668e3a8973aa9
  654c812f2ec37ceb 65f462bc53bef304 695d39f72f505287 6bb3f651690f6ea2 6d8f9b96f8c5dd71 6e1cb3069c7acc7e
  6ff5b47d5ebf1008 72912348194f67ac 74f8e3722a3fcc6e 87c9f0dd153cd300 8a3a886f05dc3177 8cd58d4a73c63355
  8e327529478f7d0f 8ef8108bab4d1f5b 9499dbf437292337 95aa3c54912c66c0 96bc3efe34f172ed 99859e350a5a8af7
  a1ec800337c0f4b4 adad36290b035224 b84580408cf47b1d bb30a2ccdc8160b0 bde618cf55883736 be8fa5417dfcc57f
  c4511ebedd61c714 ca6ac6af66c22d8a d2222bbb850949ee d5173cc1700a304b d57d62295d417495 dbf51bb86d1ad8af
  dfa1e8acab870b36 e209837cb5a5cd61 e410e110978429a2 e46b26fcf420acf9 e5f901e7ff2083c1 e75e13acd6db10f5
  f14b85afd56851e1 f2e589860108e1de f344cf0ce1006311 f3ca4c3299b5ab51 f8663525662dffe0 fa57b696d2b95789
`);

/** Insults of groups: allowed only in datasets about bias. */
const slurs = hashesIn(`
  08a841e996781e9e 120f6e5b4ea32f65 12e6274e4309293e 16ea09fc78ca83ca 22fc75e65a0e9d34
  333f7618092958c7 3b1e0d7c5dd45583 3cc0a581d3bbe605 8f5083e3e5c7dc89 98b52c4b6b7d1f48 be00f1af522eaa99
  c3de533e9b7fe63b cc02032349c833ac eef3bd091670c344 f9d0d9b18ae9033a
`);

/** The form in which a word is hashed: lower case, without accents, only a-z and 0-9. */
const normalise = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const hashOf = (word: string): string => createHash('sha256').update(word).digest('hex').slice(0, 16);

/** A word as it stands, without a plural s, and joined to the next one ("red herring" as "redherring"). */
const formsAt = (words: readonly string[], index: number): string[] => {
  const word = words[index]!;
  return [word, word + (words[index + 1] ?? '')].flatMap((word) =>
    word.endsWith('s') ? [word, word.slice(0, -1)] : [word],
  );
};

/** A slur is an insult of a group, a name an agent, an exploit and the like. */
export interface ForbiddenWord {
  readonly word: string;
  readonly kind: 'name' | 'slur';
}

/** The forbidden words of a text, each with its kind. */
export function findForbiddenWords(text: string): ForbiddenWord[] {
  const words = normalise(text).match(/[a-z0-9]+/g) ?? [];
  const found = new Map<string, ForbiddenWord['kind']>();
  for (const index of words.keys()) {
    for (const form of formsAt(words, index)) {
      const hash = hashOf(form);
      if (names.has(hash)) found.set(form, 'name');
      if (slurs.has(hash)) found.set(form, 'slur');
    }
  }
  return [...found].map(([word, kind]) => ({ word, kind }));
}
