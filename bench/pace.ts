// Whether the limits of a target hold over many workers, by the target's own log: calls in any sliding minute, in a full
// minute, and at once; exit 1 when they do not. A worker is killed in the middle, another one starts.
// npm run bench:pace [-- --workers 4 --qpm 600 --minutes 3 --concurrency 16 --latency 200]
import { parseArgs } from 'node:util';
import { pause, startFleet } from './fleet.ts';
import { writeResult } from './machine.ts';

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '4' },
    qpm: { type: 'string', default: '600' },
    minutes: { type: 'string', default: '3' },
    concurrency: { type: 'string', default: '16' },
    latency: { type: 'string', default: '200' },
  },
});
const qpm = Number(values.qpm);
const minutes = Number(values.minutes);
const concurrency = Number(values.concurrency);
const MINUTE_MS = 60_000;
const BURST = qpm / 60;
const LEAST_SHARE = 0.95;

/** The most calls in any minute that begins with a call. */
function mostInAMinute(arrivals: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; first < arrivals.length; first++) {
    while (last < arrivals.length && arrivals[last]! < arrivals[first]! + MINUTE_MS) last += 1;
    most = Math.max(most, last - first);
  }
  return most;
}

const fleet = await startFleet({
  workers: Number(values.workers) - 1,
  target: { prompts: Math.ceil(qpm * (minutes + 1)), latencyMs: Number(values.latency) },
});
try {
  await fleet.start({ concurrency, qpm });
  while (fleet.target.firstCallAt() === null) await pause(5);
  await pause(minutes * MINUTE_MS + 2_000);
  const arrivals = fleet.target.arrivals;
  const first = arrivals[0]!;
  const full = Array.from(
    { length: minutes },
    (_, minute) => arrivals.filter((at) => Math.floor((at - first) / MINUTE_MS) === minute).length,
  );
  const figures = {
    most_in_a_minute: mostInAMinute(arrivals),
    full_minutes: full,
    most_at_once: fleet.target.maxInFlight(),
  };
  const broken = [
    ...(figures.most_in_a_minute <= qpm + BURST ? [] : [`${figures.most_in_a_minute} calls in a sliding minute`]),
    ...(Math.min(...full) >= LEAST_SHARE * qpm ? [] : [`only ${Math.min(...full)} calls in a full minute`]),
    ...(figures.most_at_once <= concurrency ? [] : [`${figures.most_at_once} calls at once`]),
  ];
  process.stdout.write(
    `qpm ${qpm} on ${values.workers} workers: at most ${figures.most_in_a_minute} in a sliding minute, ${full.join(', ')} in full ones; at most ${figures.most_at_once} of ${concurrency} at once\n`,
  );
  for (const sentence of broken) process.stdout.write(`BROKEN ${sentence}\n`);
  const settings = { workers: Number(values.workers), qpm, minutes, concurrency, latencyMs: Number(values.latency) };
  process.stdout.write(`Figures in ${writeResult('pace', { settings, figures, broken })}\n`);
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  await fleet.close();
}
