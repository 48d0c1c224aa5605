// How often the guard is right, on labelled files that nothing was fitted to.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleIndices, seededRandom } from '../../src/core/random.ts';
import { wilson } from '../../src/core/score/interval.ts';
import { type Arm, areaUnder, type Measured, marginAt, measure } from './arms.ts';

interface Line {
  readonly text: string;
  readonly label: 0 | 1;
  readonly language?: string;
}

const files = ['guard_dev', 'guard_check_deepset', 'guard_check_benign_chat', 'guard_check_benign_security'];
/** Ours: everyday wishes and attacks in six languages, of which an earlier model had a third wrong. */
const everyday = 'guard-everyday';
/**
 * Ours: attacks and harmless texts in eighteen languages, by three writers who knew neither the detector nor its texts; and
 * long texts in four, by one more.
 */
const spokenFiles = ['guard-languages', 'guard-long'];
const bench = fileURLToPath(new URL('../', import.meta.url));

/** Null, with the reason printed, where the file is not there. */
export function readLines<Each>(folder: string, name: string): Each[] | null {
  const path = join(folder, `${name}.jsonl`);
  if (!existsSync(path)) {
    console.log(`${name}: skipped, there is no ${path}`);
    return null;
  }
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Each);
}

const above = (margins: readonly number[], level: number): number => margins.filter((margin) => margin >= level).length;

interface Sides {
  readonly attacks: readonly number[];
  readonly harmless: readonly number[];
}

/** Recall and false positives at a level, with intervals; F1 where both classes are there. */
function figuresAt({ attacks, harmless }: Sides, level: number) {
  const [hits, alarms] = [above(attacks, level), above(harmless, level)];
  const f1 = attacks.length === 0 || harmless.length === 0 ? null : (2 * hits) / (hits + alarms + attacks.length);
  return { recall: wilson(hits, attacks.length), false_positives: wilson(alarms, harmless.length), f1 };
}

async function sidesOf(arm: Arm, lines: readonly Line[]): Promise<{ sides: Sides; measured: Measured[] }> {
  const measured: Measured[] = [];
  for (const { text } of lines) measured.push(await measure(arm.cascade, text));
  const of = (label: 0 | 1): number[] =>
    measured.flatMap(({ margin }, index) => (lines[index]!.label === label ? [margin] : []));
  return { sides: { attacks: of(1), harmless: of(0) }, measured };
}

/** Levels of 0.1 % and 1 % false positives are those of guard_dev's harmless rows, for every file. */
async function figuresOf(arm: Arm, sets: ReadonlyMap<string, readonly Line[]>) {
  const found = new Map<string, { sides: Sides; measured: Measured[] }>();
  for (const [name, lines] of sets) found.set(name, await sidesOf(arm, lines));
  const dev = found.get('guard_dev')?.sides.harmless ?? [];
  const levels = { default: 0, at_0_1_percent: marginAt(0.001, dev), at_1_percent: marginAt(0.01, dev) };
  return Object.fromEntries(
    [...found].map(([name, { sides, measured }]) => {
      const at = Object.entries(levels).map(([level, margin]) => [level, figuresAt(sides, margin)] as const);
      const alone = measured.filter(({ asked }) => !asked).length;
      return [
        name,
        {
          n: measured.length,
          area_under_curve: areaUnder(sides.attacks, sides.harmless),
          decided_by_linear: wilson(alone, measured.length),
          ...Object.fromEntries(at),
        },
      ];
    }),
  );
}

/** The lines of a file under its name; those of several languages each under its own. */
function* setsOf(folder: string): Generator<readonly [string, readonly Line[]]> {
  for (const name of files) {
    const lines = readLines<Line>(folder, name);
    if (lines !== null) yield [name, lines];
  }
  yield [everyday, readLines<Line>(bench, everyday) ?? []];
  for (const name of spokenFiles) {
    const spoken = readLines<Line>(bench, name) ?? [];
    yield [name, spoken];
    const byLanguage = Map.groupBy(spoken, ({ language }) => language!);
    for (const [language, lines] of byLanguage) yield [`${name} ${language}`, lines];
  }
}

/** `most`: rows of a file that the transformer alone is measured on, a seeded sample; 0 for all. */
export async function accuracy(folder: string, arms: readonly Arm[], most: number) {
  const all = new Map<string, readonly Line[]>();
  const sampled = new Map<string, readonly Line[]>();
  for (const [name, lines] of setsOf(folder)) {
    const chosen = sampleIndices(lines.length, most || lines.length, seededRandom('bench-guard', name));
    all.set(name, lines);
    sampled.set(
      name,
      chosen.map((index) => lines[index]!),
    );
  }
  const figures: Record<string, Awaited<ReturnType<typeof figuresOf>>> = {};
  for (const arm of arms) figures[arm.name] = await figuresOf(arm, arm.name === 'transformer' ? sampled : all);
  return figures;
}
