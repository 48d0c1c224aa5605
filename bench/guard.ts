// The guard's models, measured: accuracy with intervals, time and memory; writes bench/results/guard.json.
//   npm run bench:guard [-- --data FOLDER] [--only accuracy|latency|pii|moderation|sessions|adaptive] [--adaptive] [--most N]
// --most N: the transformer alone, the slow one, reads a seeded sample of so many rows a file; --adaptive adds attacks of families left out of training, mutated, and documents by length (trains for a minute).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { saidRate } from '../scripts/said-rate.ts';
import type { Rate } from '../src/core/score/interval.ts';
import { openEncoders } from '../src/guard/encoders.ts';
import { accuracy, readLines } from './guard/accuracy.ts';
import { armsWith, shippedLinear, shippedSettings } from './guard/arms.ts';
import { latency, latencyBySize } from './guard/latency.ts';
import type { Labelled } from './guard/lengths.ts';
import { moderationFigures } from './guard/moderation.ts';
import { namesByLanguage, piiByEntity } from './guard/pii.ts';
import { writeResult } from './machine.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: `${root}../shared/evaldata` },
    only: { type: 'string' },
    adaptive: { type: 'boolean', default: false },
    most: { type: 'string', default: '0' },
  },
});

const isWanted = (part: string, byDefault: boolean): boolean =>
  options.only === undefined ? byDefault : options.only === part;

function printAccuracy(figures: Awaited<ReturnType<typeof accuracy>>): void {
  const table = new Table({ head: ['stage', 'file', 'threshold', 'recall %', 'false positives %', 'F1', 'AUC'] });
  for (const [arm, files] of Object.entries(figures))
    for (const [file, figure] of Object.entries(files))
      for (const level of ['default', 'at_1_percent', 'at_0_1_percent'] as const) {
        const { recall, false_positives, f1 } = (
          figure as unknown as Record<string, { recall: Rate; false_positives: Rate; f1: number | null }>
        )[level]!;
        table.push([
          arm,
          file,
          level,
          saidRate(recall),
          saidRate(false_positives),
          f1?.toFixed(3) ?? '-',
          figure.area_under_curve?.toFixed(4) ?? '-',
        ]);
      }
  console.log(table.toString());
}

/** What an earlier run measured of parts that this one leaves out. */
function earlier(): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(`${root}bench/results/guard.json`, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const kept = earlier();
const figures: Record<string, unknown> = {
  model: shippedSettings.id,
  accuracy: kept.accuracy,
  latency: kept.latency,
  adaptive: kept.adaptive,
  lengths: kept.lengths,
  pii: kept.pii,
  names: kept.names,
  moderation: kept.moderation,
};

const encoders = await openEncoders();
if (encoders === null) console.log('onnxruntime-node is missing: the linear stage alone is measured');
const arms = armsWith(shippedLinear, encoders);
const last = arms.at(-1)!;

if (isWanted('accuracy', true)) {
  const found = await accuracy(options.data, arms, Number(options.most));
  printAccuracy(found);
  figures.accuracy = found;
}
if (isWanted('latency', true)) {
  const lines = readLines<Labelled>(options.data, 'guard_dev') ?? [];
  const sizes = await latencyBySize(
    last,
    lines.slice(0, 1500).map(({ text }) => text),
  );
  figures.latency = { ...(await latency(arms)), guard_dev: sizes };
  console.log(JSON.stringify(figures.latency, null, 1));
}
if (isWanted('pii', true)) {
  const entities = await piiByEntity(options.data);
  const names = await namesByLanguage();
  Object.assign(figures, { pii: entities, names });
  for (const [where, found] of Object.entries({ pii_dev: entities ?? {}, ...names }))
    for (const [kind, { recall, precision }] of Object.entries(found))
      console.log(`${where}, ${kind}: recall ${saidRate(recall)}, precision ${saidRate(precision)}`);
}
if (encoders !== null && isWanted('moderation', true)) {
  const found = await moderationFigures(options.data);
  for (const [name, { flagged, categories }] of Object.entries(found))
    console.log(`moderation, ${name}: flagged ${saidRate(flagged)} ${JSON.stringify(categories)}`);
  figures.moderation = found;
}
if (isWanted('sessions', false)) console.log(await (await import('./guard/sessions.ts')).sessionReport());
if (isWanted('adaptive', options.adaptive)) {
  const { measureLeftOut } = await import('./guard/left-out.ts');
  Object.assign(figures, await measureLeftOut(options.data, encoders));
  console.log(JSON.stringify({ adaptive: figures.adaptive, lengths: figures.lengths }, null, 1));
}
console.log(writeResult('guard', figures));
