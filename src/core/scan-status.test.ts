import { describe, expect, it } from 'vitest';
import { RedoubtError } from './errors.ts';
import {
  isActive,
  nextStatus,
  type ScanAction,
  type ScanStatus,
  scanStatuses,
  statusesAllowing,
} from './scan-status.ts';

const actions: readonly ScanAction[] = ['begin', 'pause', 'retry', 'finish', 'fail', 'break'];

/** Every step that is legal, written down a second time on purpose. */
const legal: readonly (readonly [ScanStatus, ScanAction, ScanStatus])[] = [
  ['Initializing', 'begin', 'Scanning'],
  ['Initializing', 'pause', 'Paused'],
  ['Initializing', 'fail', 'Failed'],
  ['Initializing', 'break', 'Error'],
  ['Initializing', 'finish', 'Finished'],
  ['Scanning', 'begin', 'Scanning'],
  ['Scanning', 'pause', 'Paused'],
  ['Scanning', 'finish', 'Finished'],
  ['Scanning', 'fail', 'Failed'],
  ['Scanning', 'break', 'Error'],
  ['Paused', 'retry', 'Initializing'],
  ['Paused', 'finish', 'Finished'],
  ['Failed', 'retry', 'Initializing'],
  ['Failed', 'finish', 'Finished'],
  ['Error', 'retry', 'Initializing'],
  ['Error', 'finish', 'Finished'],
];

const illegal = scanStatuses.flatMap((status) =>
  actions
    .filter((action) => !legal.some(([from, by]) => from === status && by === action))
    .map((action) => [status, action] as const),
);

describe('the life of a scan', () => {
  it.each(legal)('%s by %s becomes %s', (from, action, to) => {
    expect(nextStatus(from, action)).toBe(to);
  });

  it.each(illegal)('%s cannot be left by %s, and the error says where it could', (from, action) => {
    try {
      nextStatus(from, action);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RedoubtError);
      expect(error).toMatchObject({
        code: 'ILLEGAL_TRANSITION',
        details: { value: from, allowed: statusesAllowing(action) },
      });
    }
  });

  it('lets nothing leave Finished', () => {
    expect(actions.every((action) => !statusesAllowing(action).includes('Finished'))).toBe(true);
  });

  it('knows a way into every status but the first, and from the start to each', () => {
    const reached = new Set<ScanStatus>(['Initializing']);
    for (const [from, , to] of [...legal, ...legal]) if (reached.has(from)) reached.add(to);
    expect([...reached].sort()).toEqual([...scanStatuses].sort());
  });

  it('has work only while it initialises or scans', () => {
    expect(scanStatuses.filter(isActive)).toEqual(['Initializing', 'Scanning']);
  });

  it('words the error for a reader', () => {
    expect(() => nextStatus('Finished', 'pause')).toThrow(
      'A scan in status Finished cannot be paused. Possible in: Initializing, Scanning.',
    );
  });
});
