// kill -9 in the middle of a scan, and on: the short form of bench/crash.ts, which does it often and with more tests.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { crashRound } from '../bench/crash-round.ts';

const isBuilt = existsSync(join(import.meta.dirname, '..', 'dist', 'cli', 'main.js'));
const skipped = isBuilt ? '' : ' - skipped: dist/ is missing (npm run build)';

it.skipIf(!isBuilt)(
  `a scan that was killed goes on with the same command, loses nothing and repeats no more than was in flight${skipped}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-crash-'));
    try {
      const round = await crashRound({
        mode: 'command line',
        folder: join(folder, 'round'),
        tests: 300,
        concurrency: 16,
        latencyMs: 25,
        moments: [{ answers: 120, thenMs: 10 }],
      });
      expect(round.broken).toEqual([]);
      expect(round.kills).toMatchObject([{ inside: true, lost: 0, maxInFlight: 16 }]);
      expect(round.kills[0]!.askedAgain).toBeLessThanOrEqual(16);
      expect(round).toMatchObject({ exitCode: 0, storedTwice: 0, lines: 300 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
