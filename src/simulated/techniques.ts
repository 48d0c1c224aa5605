// The names of what an attack may have done to a request, as understand.ts finds them and decide.ts weighs them.

// biome-ignore format: a list reads better in rows
/** What hides the words of a request. */
export const disguises = [
  'base64', 'base32', 'hex', 'binary', 'ascii-codes', 'morse', 'braille', 'nato', 'url-encoding', 'unicode-escapes',
  'rot13', 'atbash', 'caesar', 'leetspeak', 'reversed-characters', 'reversed-words', 'reversed-each-word',
  'spaced-letters', 'invisible-characters', 'tag-characters', 'homoglyphs', 'styled-letters', 'emoji', 'accents',
  'language-game', 'mistyped', 'split-payload', 'foreign-language',
] as const;
export type Disguise = (typeof disguises)[number];

/** What surrounds a request so that it seems right to answer it. */
// biome-ignore format: a list reads better in rows
export const framings = [
  'prefix-injection', 'refusal-suppression', 'persona', 'fiction', 'authority', 'hypothetical', 'past-tense',
  'many-shot', 'multi-turn', 'humour', 'encoded-answer',
] as const;
export type Framing = (typeof framings)[number];

export type Technique = Disguise | Framing | 'none';
