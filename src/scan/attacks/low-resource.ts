// Low-resource translation (Yong et al., 2310.02446; Deng et al., 2310.06474): the request in a language that models
// were hardly made safe in. The papers use a translator; this form knows a hand-made word list, and says what it left.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { promptFile } from './prompt-file.ts';

const languages = ['sw', 'gd', 'zu'] as const;
type Language = (typeof languages)[number];

const wordLists = promptFile(
  'low-resource',
  z.record(
    z.enum(languages),
    z.strictObject({
      name: z.string(),
      before: z.string(),
      after: z.string(),
      words: z.record(z.string(), z.string()),
    }),
  ),
);

const parameters = z.strictObject({
  /** Swahili, Scottish Gaelic or Zulu. */
  language: z.enum(languages).default('sw'),
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One pattern a language, longer phrases first; made once, as it names every phrase. */
const patterns = new Map<Language, RegExp>();

function patternOf(language: Language): RegExp {
  const known = patterns.get(language);
  if (known) return known;
  const phrases = Object.keys(wordLists()[language].words).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\p{L}'])(?:${phrases.map(escaped).join('|')})(?![\\p{L}'])`, 'giu');
  patterns.set(language, pattern);
  return pattern;
}

function translate(request: string, language: Language): string {
  const { words } = wordLists()[language];
  return request.replace(patternOf(language), (phrase) => words[phrase.toLowerCase()] ?? phrase);
}

/** Share of the words of a request that the list knows, 0..1; 0 for a request without words. */
export function coverageOf(request: string, language: Language): number {
  const words = (text: string): number => text.match(/[\p{L}'’-]+/gu)?.length ?? 0;
  const all = words(request);
  const known = (request.match(patternOf(language)) ?? []).reduce((sum, phrase) => sum + words(phrase), 0);
  return all === 0 ? 0 : known / all;
}

export const lowResource: Attack<z.infer<typeof parameters>> = {
  id: 'low-resource',
  title: 'Low-resource Translation',
  summary: 'Puts the request into Swahili, Gaelic or Zulu by a hand-made list; words that it lacks stay English.',
  paper: 'https://arxiv.org/abs/2310.02446',
  family: 'language',
  fidelity: 'static',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  alters: ({ english }) => english,
  payload: (request, { language }) => translate(request, language),
  conversations(testCase, { language }) {
    const { before, after } = wordLists()[language];
    return [openingWith(testCase, `${before}\n\n${translate(requestOf(testCase), language)}\n\n${after}`)];
  },
};
