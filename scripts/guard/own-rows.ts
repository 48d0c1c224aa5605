// Writes our own training rows out of the phrase banks: every attack family in every language and carrier, each beside
// harmless rows that use, quote or discuss the same words. Nothing of data/datasets takes part: what a guard has learned
// by heart it must not be measured with.
import { join } from 'node:path';
import { type Random, seededRandom } from '../../src/core/random.ts';
import { readScrambled } from '../../src/guard/scrambled-words.ts';
import { carriers } from './carriers.ts';
import { disguises, noise, wrappings } from './disguises.ts';
import { type Bank, pick, readBanks, say } from './phrase-bank.ts';

/** A labelled text. `family` is what is left out together when a model is measured. */
export interface Row {
  readonly text: string;
  readonly label: 0 | 1;
  readonly family: string;
  readonly language: string;
  /** The attack, where the text only carries it. */
  readonly payload?: string;
}

/** How many rows of each kind a template gives. */
interface Amounts {
  readonly direct: number;
  readonly carried: number;
}

/** English is what most is written in. */
const amountsOf = (language: string): Amounts =>
  language === 'en' ? { direct: 36, carried: 16 } : { direct: 12, carried: 6 };

/**
 * Shares of texts that come once more as noise, harmless ones and attacks: whoever writes so mostly wants to pass unseen,
 * and the prior shall say it.
 */
const noisyShare = [0.02, 0.06] as const;
const WRAPPED = 0.15;

const carriedFamilies = new Set([
  'indirect',
  'agent',
  'hijack',
  'override',
  'memory',
  'verdict',
  'extract',
  'taskswitch',
]);
/** Harmless said to an assistant; in a document the same words would be an attack. */
const spokenOnly = new Set(['request', 'opinion', 'taskswitch', 'order']);

class Writer {
  readonly #bank: Bank;
  readonly #english: Bank;
  readonly #random: Random;
  readonly #attacks: readonly string[];
  readonly rows: Row[] = [];

  constructor(bank: Bank, english: Bank, seed: number) {
    this.#bank = bank;
    this.#english = english;
    this.#random = seededRandom('guard-rows', seed, bank.language);
    const quotable = ['override', 'extract', 'mode', 'indirect', 'agent', 'hijack', 'authority', 'secret'];
    this.#attacks = quotable.flatMap((family) => bank.sections.get(`attack ${family}`) ?? []);
  }

  #line(name: string): string | undefined {
    const random = this.#random;
    if (name === 'attack') return pick(this.#attacks, random);
    const own = this.#bank.sections.get(`list ${name}`) ?? [];
    const lines = own.length > 0 ? own : (this.#english.sections.get(`list ${name}`) ?? []);
    if (name === 'goal') return this.#goal(lines);
    return lines.length === 0 ? undefined : pick(lines, random);
  }

  /** Half of what jailbreaks ask for is harmless: the wrapping is the attack, and harmless words shall stay harmless. */
  #goal(harmful: readonly string[]): string {
    const random = this.#random;
    const harmless = ['chat', 'twin'].flatMap((family) => this.#bank.sections.get(`harmless ${family}`) ?? []);
    return pick(random.next() < 0.5 && harmful.length > 0 ? harmful : harmless, random);
  }

  say(template: string): string {
    return say(template, (name) => this.#line(name), this.#random);
  }

  sentence(): string {
    return this.say(pick(this.#bank.sections.get('harmless sentence') ?? ['-'], this.#random));
  }

  add(text: string, label: 0 | 1, family: string, payload?: string): void {
    const own = `own/${family}`;
    this.rows.push({
      text,
      label,
      family: own,
      language: this.#bank.language,
      ...(payload === undefined ? {} : { payload }),
    });
  }

  /** A text by itself, now and then dressed up, or after or before something ordinary. */
  direct(template: string, label: 0 | 1, family: string): void {
    const random = this.#random;
    const text = this.say(template);
    const chat = this.#bank.sections.get('harmless chat') ?? [];
    const roll = random.next();
    if (random.next() < noisyShare[label]) this.#addNoise(text, label, family);
    if (this.#bank.language === 'en' && random.next() < WRAPPED)
      this.add(pick(wrappings, random)(text), label, family, text);
    if (roll < 0.16) this.add(pick(disguises, random)(text, random), label, family, text);
    else if (roll < 0.34 && chat.length > 0) {
      const other = random.below(3) === 0 ? this.sentence() : this.say(pick(chat, random));
      this.add(
        random.below(2) === 0 ? `${text} ${other}` : `${other}${pick([' ', '\n', '\n\n'], random)}${text}`,
        label,
        family,
        text,
      );
    } else this.add(text, label, family);
  }

  /** As it was sent, or as the guard reads it. */
  #addNoise(text: string, label: 0 | 1, family: string): void {
    const noisy = noise(text, this.#random);
    this.add(this.#random.below(2) === 0 ? noisy : readScrambled(noisy), label, family, text);
  }

  carried(template: string, label: 0 | 1, family: string): void {
    const payload = this.say(template);
    const carrier = pick(carriers, this.#random);
    const text = carrier.write({ payload, sentence: () => this.sentence(), random: this.#random });
    this.add(text, label, family, payload);
  }

  /** Texts without anything to find: carriers full of ordinary sentences. */
  plain(count: number): void {
    const sentences = this.#bank.sections.get('harmless sentence') ?? [];
    if (sentences.length === 0) return;
    for (let done = 0; done < count; done++) this.carried(pick(sentences, this.#random), 0, 'plain');
  }
}

/** Templates with many words left to choose give more rows than those with few. */
const roomOf = (template: string): number => Math.min(1.5, 0.35 + (template.match(/\|/g)?.length ?? 0) / 12);

/** The rows of one template, so many of each kind. */
function writeTemplate(writer: Writer, template: string, kind: string, family: string, amounts: Amounts): void {
  const label = kind === 'attack' ? 1 : 0;
  for (let done = 0; done < amounts.direct; done++) writer.direct(template, label, family);
  if (label === 1 ? !carriedFamilies.has(family) : spokenOnly.has(family)) return;
  for (let done = 0; done < amounts.carried; done++) writer.carried(template, label, family);
}

function writeLanguage(bank: Bank, english: Bank, seed: number): Row[] {
  const writer = new Writer(bank, english, seed);
  const { direct, carried } = amountsOf(bank.language);
  for (const [section, templates] of bank.sections) {
    const [kind, family] = section.split(' ') as [string, string];
    if (kind === 'list') continue;
    for (const template of templates) {
      const room = roomOf(template) * (templates.length < 4 ? 2 : 1);
      writeTemplate(writer, template, kind, family, { direct: direct * room, carried: carried * room });
    }
  }
  writer.plain(bank.language === 'en' ? 900 : 150);
  return writer.rows;
}

/**
 * All rows, without doubles; the same seed gives the same rows. `root` is the folder of the project's data; of its files those
 * whose name is wanted.
 */
export function ownRows(root: string, seed: number, isWanted?: (name: string) => boolean): Row[] {
  const folder = join(root, 'training/guard');
  const english = readBanks(folder).find(({ language }) => language === 'en')!;
  const seen = new Set<string>();
  return readBanks(folder, isWanted)
    .flatMap((bank) => writeLanguage(bank, english, seed))
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}
