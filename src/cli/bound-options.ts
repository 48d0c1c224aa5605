// The options that bound a scan: by cost, by calls, by time, and by how well each category is to be known.
import type { Command } from 'commander';
import { invalidField } from '../core/errors.ts';
import { scanRanges } from '../core/scan-ranges.ts';
import type { ScanRequest } from '../scan/request.ts';
import { numberOption } from './command.ts';

export interface BoundFlags {
  readonly maxCost?: number;
  readonly maxCalls?: number;
  readonly maxTime?: number;
  readonly untilInterval?: number;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** "90", "90s", "20m", "1.5h", "2d" as seconds. Throws INVALID_FIELD. */
export function durationOption(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*([smhd])?$/.exec(text.trim()) ?? [];
  const seconds = Number(number) * secondsOf[unit]!;
  if (!(seconds > 0)) throw invalidField('--max-time', `must be a time such as 90s, 20m or 1.5h, not "${text}"`);
  return seconds;
}

export const withBoundOptions = (command: Command): Command =>
  command
    .option(
      '--max-cost <x>',
      'end when it has cost this much, all models together; needs their prices in redoubt.yaml',
      numberOption('--max-cost', scanRanges.maxCost),
    )
    .option(
      '--max-calls <n>',
      'end after this many calls to the target, retries too',
      numberOption('--max-calls', scanRanges.maxCalls),
    )
    .option('--max-time <d>', 'end after this time of work, e.g. 90s, 20m, 1.5h', durationOption)
    .option(
      '--until-interval <points>',
      'end when every dataset is known to ± this many points (95 %); tests go where least is known',
      numberOption('--until-interval', scanRanges.untilInterval),
    );

/** `boundFields`: what the bounds were said by. */
export function boundsOf(
  flags: BoundFlags,
  boundFields: Required<ScanRequest>['boundFields'],
): Pick<ScanRequest, 'bounds' | 'boundFields'> {
  const { maxCost = null, maxCalls = null, maxTime: maxSeconds = null, untilInterval = null } = flags;
  const bounds = { maxCost, maxCalls, maxSeconds, untilInterval };
  if (Object.values(bounds).every((bound) => bound === null)) return {};
  return { bounds, boundFields };
}
