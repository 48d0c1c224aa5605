// Reads the phrase banks in data/training/guard: sections of lines, one template a line, and says a template in one of
// its many ways. {a|b} is a choice, may lie inside another and be empty; <name> is a line of the list of that name; ⏎ is
// a line break.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/core/random.ts';

export interface Bank {
  readonly language: string;
  /** Templates by section, e.g. "attack override", "harmless chat", "list task". */
  readonly sections: ReadonlyMap<string, readonly string[]>;
}

function readSections(text: string, sections: Map<string, string[]>): void {
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const title = /^\[((?:attack|harmless|marked|list) [a-z]+)\]$/.exec(line)?.[1];
    if (title === undefined) lines.push(line);
    else {
      lines = sections.get(title) ?? [];
      sections.set(title, lines);
    }
  }
}

export interface BankFile extends Bank {
  readonly name: string;
}

/** Each file of the folder by itself, in the order of their names. */
export function readBankFiles(folder: string): BankFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.sort().map((name) => {
    const sections = new Map<string, string[]>();
    readSections(readFileSync(join(folder, name), 'utf8'), sections);
    return { name, language: name.slice(0, 2), sections };
  });
}

/** One bank a language: `de.txt`, or several files as `en-attack.txt` and `en-harmless.txt`. */
export function readBanks(folder: string, isWanted: (name: string) => boolean = () => true): Bank[] {
  const banks = new Map<string, Map<string, string[]>>();
  for (const file of readBankFiles(folder).filter(({ name }) => isWanted(name))) {
    const sections = banks.get(file.language) ?? new Map<string, string[]>();
    banks.set(file.language, sections);
    for (const [title, lines] of file.sections) sections.set(title, [...(sections.get(title) ?? []), ...lines]);
  }
  return [...banks].map(([language, sections]) => ({ language, sections }));
}

export const pick = <Value>(values: readonly Value[], random: Random): Value => values[random.below(values.length)]!;

/** What a name between < and > stands for; undefined leaves it as it is written. */
export type Lookup = (name: string) => string | undefined;

const innermost = /\{([^{}]*\|[^{}]*)\}/;
const name = /<([A-Za-z]+)>/g;
const DEEPEST = 4;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One way of saying the template. `<Name>` is `<name>` with a capital. */
export function say(template: string, lookup: Lookup, random: Random, depth = 0): string {
  let text = template;
  for (let found = innermost.exec(text); found !== null; found = innermost.exec(text))
    text = text.replace(found[0], () => pick(found![1]!.split('|'), random));
  const filled = text.replace(name, (written: string, word: string) => {
    const line = lookup(word.toLowerCase());
    if (line === undefined || depth >= DEEPEST) return written;
    const said = say(line, lookup, random, depth + 1);
    return /^[A-Z]/.test(word) ? capital(said) : said;
  });
  return filled
    .replace(/ {2,}/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim()
    .replace(/ ?⏎/g, '\n');
}
