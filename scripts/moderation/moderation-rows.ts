// What the moderation model learns from: our phrase banks by category, and ordinary texts, ours and public ones.
import { join } from 'node:path';
import { type Random, seededRandom } from '../../src/core/random.ts';
import { moderationLabels } from '../../src/guard/detectors/moderation.ts';
import { ownRows } from '../guard/own-rows.ts';
import { type Bank, type BankFile, pick, readBankFiles, say } from '../guard/phrase-bank.ts';
import { publicRows } from '../guard/public-rows.ts';

export interface ModerationRow {
  readonly text: string;
  readonly kind: 'attack' | 'harmless' | 'ordinary';
  /** The category as its sections are titled; empty for an ordinary text. */
  readonly category: string;
  /** What is left out together: all that one person wrote, or one source. */
  readonly source: string;
  /** One way of saying a template is counted when what was left out is reported: the others would feign evidence. */
  readonly isCounted: boolean;
}

/** Titles of sections by label. */
export const categories = moderationLabels.map((label) => label.toLowerCase().replace('_', ''));

const WAYS = 6;
const MORE_WAYS = 18;
const ORDINARY_OWN = 3000;
const ORDINARY_PUBLIC = 6000;
const LONGEST = 400;

/** The first bank: few templates, each said in more ways; the lists that the others may use stand in it. */
const FIRST = 'en.txt';

/** `en-2-hate-violence.txt` was written by the second of two writers who did not know of one another. */
const writerOf = (file: string): string => `writer ${/^en-(\d)/.exec(file)?.[1] ?? '0'}`;

/** Our answers that go along break off before any detail: others must as well, or the end alone would tell. */
const CUT = 0.15;

function cutShort(text: string, random: Random): string {
  const words = text.split(' ');
  if (words.length < 10 || random.next() >= CUT) return text;
  return words.slice(0, Math.ceil(words.length * (0.5 + random.next() / 2))).join(' ');
}

function bankRows({ sections, name: file }: BankFile, shared: Bank['sections'], random: Random): ModerationRow[] {
  const source = writerOf(file);
  const ways = file === FIRST ? MORE_WAYS : WAYS;
  const lookup = (name: string): string | undefined => {
    const lines = sections.get(`list ${name}`) ?? shared.get(`list ${name}`);
    return lines === undefined ? undefined : pick(lines, random);
  };
  return [...sections].flatMap(([section, templates]) => {
    const [kind, category] = section.split(' ') as ['attack' | 'harmless' | 'list', string];
    if (kind === 'list') return [];
    const isOrdinary = !categories.includes(category);
    return templates.flatMap((template) => {
      const texts = new Set(Array.from({ length: ways }, () => cutShort(say(template, lookup, random), random)));
      return [...texts].map((text, index) => ({
        ...{ text, source, isCounted: index === 0 },
        ...(isOrdinary ? { kind: 'ordinary' as const, category: '' } : { kind, category }),
      }));
    });
  });
}

function ordinaryRows(data: string, publicFile: string, random: Random, seed: number): ModerationRow[] {
  const isPlain = ({ language, label, text }: { language: string; label: 0 | 1; text: string }): boolean =>
    language === 'en' && label === 0 && text.length < LONGEST;
  const taken = (rows: readonly { text: string; family: string }[], count: number): ModerationRow[] =>
    rows.length === 0
      ? []
      : Array.from({ length: count }, () => {
          const { text, family } = pick(rows, random);
          return { text, kind: 'ordinary', category: '', source: family, isCounted: true };
        });
  return [
    ...taken(ownRows(data, seed).filter(isPlain), ORDINARY_OWN),
    ...taken(publicRows(publicFile, seed).filter(isPlain), ORDINARY_PUBLIC),
  ];
}

export function moderationRows(data: string, publicFile: string, seed: number): ModerationRow[] {
  const random = seededRandom('moderation', seed);
  const files = readBankFiles(join(data, 'training/moderation'));
  const shared = files.find(({ name }) => name === FIRST)!.sections;
  const banks = files.flatMap((file) => bankRows(file, shared, random));
  return [...banks, ...ordinaryRows(data, publicFile, random, seed)];
}
