// The life of a scan as data: which action is possible in which status, and where it leads.
import { RedoubtError } from './errors.ts';

export const scanStatuses = ['Initializing', 'Scanning', 'Paused', 'Finished', 'Failed', 'Error'] as const;
export type ScanStatus = (typeof scanStatuses)[number];

/** A `sandbox` scan is a small one on trial; `rounds` are tests that go on until a deadline. */
export const scanKinds = ['scan', 'sandbox', 'rounds'] as const;
export type ScanKind = (typeof scanKinds)[number];

export type ScanAction = 'begin' | 'pause' | 'retry' | 'finish' | 'fail' | 'break';

/** status -> action -> next status. An action that is not named is illegal. */
export const transitions: Readonly<Record<ScanStatus, Partial<Record<ScanAction, ScanStatus>>>> = {
  Initializing: { begin: 'Scanning', pause: 'Paused', fail: 'Failed', break: 'Error', finish: 'Finished' },
  Scanning: { begin: 'Scanning', pause: 'Paused', finish: 'Finished', fail: 'Failed', break: 'Error' },
  Paused: { retry: 'Initializing', finish: 'Finished' },
  Finished: {},
  Failed: { retry: 'Initializing', finish: 'Finished' },
  Error: { retry: 'Initializing', finish: 'Finished' },
};

const participles: Readonly<Record<ScanAction, string>> = {
  begin: 'started',
  pause: 'paused',
  retry: 'resumed',
  finish: 'finished',
  fail: 'marked as failed',
  break: 'marked as broken',
};

/** Statuses in which the action is possible, in the order of the table. */
export const statusesAllowing = (action: ScanAction): ScanStatus[] =>
  scanStatuses.filter((status) => transitions[status][action] !== undefined);

/** The status that follows; throws ILLEGAL_TRANSITION where the table has no such step. */
export function nextStatus(status: ScanStatus, action: ScanAction): ScanStatus {
  const next = transitions[status][action];
  if (next === undefined)
    throw new RedoubtError('ILLEGAL_TRANSITION', {
      value: status,
      reason: participles[action],
      allowed: statusesAllowing(action),
    });
  return next;
}

/** Whether a worker may have work with the scan in this status. */
export const isActive = (status: ScanStatus): boolean => status === 'Initializing' || status === 'Scanning';
