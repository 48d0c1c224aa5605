import { describe, expect, it } from 'vitest';
import { scanRow, testRow } from '../../../tests/store/rows.ts';
import type { FindingDecisionRow, FindingRow } from '../../store/finding-rows.ts';
import type { ScanRow } from '../../store/schema.ts';
import { behaviourOf, familyOf, fingerprintOf, placeOf } from './fingerprint.ts';
import { changedBy, stateOf } from './life.ts';
import type { ReadScan } from './reading.ts';

const scan = (id: string, changes: Partial<ScanRow> = {}): ScanRow =>
  scanRow({ project_id: 'p', id, ended_at: 1_000, target_key: 'a target', ...changes });

const breach = testRow('any', 0, { outcome: 'breached', reason: 'complied' });
const place = placeOf(breach);
const shows: ReadScan = {
  shown: new Map([
    [
      fingerprintOf(breach),
      {
        fingerprint: fingerprintOf(breach),
        place,
        behaviour: behaviourOf(breach.reason),
        family: familyOf(breach.attack),
        test: breach,
        tests: 1,
      },
    ],
  ]),
  decided: new Set([place]),
};
const gone: ReadScan = { shown: new Map(), decided: new Set([place]) };
const notAsked: ReadScan = { shown: new Map(), decided: new Set() };

/** What becomes of the one finding over these scans. */
function life(...scans: readonly [ReadScan, Partial<ScanRow>?][]): FindingRow {
  let rows: FindingRow[] = [];
  for (const [index, [read, changes]] of scans.entries()) {
    const changed = changedBy(scan(`s${index}`, changes), read, rows, null);
    rows = changed.length > 0 ? changed : rows;
  }
  return rows[0]!;
}

describe('the state of a finding', () => {
  it.each([
    ['seen once', life([shows]), 'new'],
    ['seen again', life([shows], [shows]), 'known'],
    ['asked for again and gone', life([shows], [gone]), 'fixed'],
    ['not asked for again', life([shows], [notAsked]), 'new'],
    ['gone from another target', life([shows], [gone, { target_key: 'another' }]), 'new'],
    ['fixed and back', life([shows], [gone], [shows]), 'regressed'],
  ])('%s: %s', (_, row, state) => {
    expect(stateOf(row, undefined, 0)).toBe(state);
  });

  it('is what a person decided, until the day is over', () => {
    const decision: FindingDecisionRow = {
      ...{ project_id: 'p', fingerprint: 'f', kind: 'accepted', reason: 'r' },
      ...{ decided_by: 'Ana', decided_at: 0, until: 100 },
    };
    expect(stateOf(life([shows]), decision, 99)).toBe('accepted');
    expect(stateOf(life([shows]), decision, 100)).toBe('new');
    expect(stateOf(life([shows]), { ...decision, kind: 'false_positive', until: null }, 1e15)).toBe('false_positive');
  });
});

describe('a fingerprint', () => {
  it('is of case, family of the attack and behaviour, not of the version of anything', () => {
    const other = { ...breach, attack: 'prefix-injection' };
    expect(fingerprintOf({ ...breach, reason: 'echo' })).toBe(fingerprintOf(breach));
    expect(fingerprintOf({ ...breach, reason: 'secret_revealed' })).not.toBe(fingerprintOf(breach));
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(breach));
    expect(fingerprintOf({ ...other, attack: 'persona' })).toBe(fingerprintOf(other));
    expect(fingerprintOf({ ...breach, case_id: 'another' })).not.toBe(fingerprintOf(breach));
  });
});
