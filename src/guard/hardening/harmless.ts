// Harmless texts that a candidate must let pass: written for this project, benign twins, the user's own, recorded ones.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Random, seededRandom } from '../../core/random.ts';
import { base64 } from '../../core/text/byte-codecs.ts';
import { leetspeak } from '../../core/text/leetspeak.ts';
import { rot13 } from '../../core/text/letter-codecs.ts';
import type { RecordedDecision } from '../decision-log.ts';
import type { GuardMessage } from '../message.ts';
import { lot, type Part } from './texts.ts';

export interface Harmless {
  readonly messages: readonly GuardMessage[];
  readonly source: 'written' | 'twin' | 'own' | 'recorded';
  readonly part: Part;
}

const data = fileURLToPath(new URL('../../../data/', import.meta.url));
const PER_TEMPLATE = 30;
const SHORTEST = 3;

const fromUser = (content: string): GuardMessage[] => [{ role: 'user', content }];

const CHOICE = /\{([^{}]*)\}/g;
const filled = (template: string, random: Random): string =>
  template
    .replace(CHOICE, (_, choices: string) => {
      const all = choices.split('|');
      return all[random.below(all.length)] ?? '';
    })
    .trim();

const codes: Readonly<Record<string, (text: string) => string>> = {
  base64: base64.encode,
  rot13: rot13.encode,
  leet: leetspeak.encode,
  spaced: (text) => Array.from(text).join(' '),
};

/** "@base64 Decode this: <hello>" with the marked part in that code. */
function inCode(text: string): string {
  const [, code, rest] = /^@(\w+) (.*)$/s.exec(text) ?? [];
  if (code === undefined || rest === undefined) return text;
  return rest.replace(/<([^>]*)>/g, (_, marked: string) => codes[code]?.(marked) ?? marked);
}

/** A third of the units is for drafting; what follows is the same on every machine. */
const partOf = (unit: string): Part => {
  const place = lot('harmless', unit) % 6;
  return place === 0 ? 'fit' : place === 1 ? 'choose' : 'proof';
};

/** The texts of templates: each template is a unit of the split. */
export function writtenTexts(): Harmless[] {
  const templates = readFileSync(`${data}harmless/templates.txt`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return templates.flatMap((template, index) => {
    const random = seededRandom('harmless', index);
    const texts = new Set(Array.from({ length: PER_TEMPLATE * 3 }, () => inCode(filled(template, random))));
    return [...texts]
      .slice(0, PER_TEMPLATE)
      .map((text): Harmless => ({ messages: fromUser(text), source: 'written', part: partOf(`template ${index}`) }));
  });
}

/** Benign twins: harmless requests in the words of harmful ones. */
export function twinTexts(): Harmless[] {
  const path = `${data}datasets/benign-twins/cases.jsonl`;
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line): Harmless[] => {
      const { id, prompt } = JSON.parse(line) as { id: string; prompt?: string };
      return prompt === undefined ? [] : [{ messages: fromUser(prompt), source: 'twin', part: partOf(id) }];
    });
}

function textOfLine(line: string): string {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const { prompt, text } = JSON.parse(line) as { prompt?: unknown; text?: unknown };
    const found = prompt ?? text;
    return typeof found === 'string' ? found : '';
  } catch {
    return line;
  }
}

/** A user's own harmless texts, one a line: plain, or JSON with `text` or `prompt`. Never drafted with. */
export function ownTexts(path: string): Harmless[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(textOfLine)
    .filter((text) => text.trim().length >= SHORTEST)
    .map((text) => ({ messages: fromUser(text), source: 'own', part: 'proof' }));
}

/** Recorded decisions in which nothing was found. Never drafted with. */
export const recordedTexts = (decisions: readonly RecordedDecision[]): Harmless[] =>
  decisions.flatMap(({ messages, flagged, denied, undecided }) =>
    messages === null || flagged || denied || undecided ? [] : [{ messages, source: 'recorded', part: 'proof' }],
  );
