import { describe, expect, it } from 'vitest';
import { inOrderOfShares, type Wanting } from './shares.ts';

const scan = (scanId: string, projectId: string, inHand: number, room = 100): Wanting => ({
  scanId,
  projectId,
  inHand,
  room,
});
const order = (...scans: readonly Wanting[]): string[] => inOrderOfShares(scans, 1_000).map(({ scanId }) => scanId);

describe('whose chunk comes next', () => {
  it('the one of the project that has the least in hand, however many scans it has', () => {
    expect(order(scan('a1', 'a', 100), scan('a2', 'a', 0), scan('b', 'b', 90))).toEqual(['b', 'a2', 'a1']);
  });

  it('inside a project the one with the least in hand, then the oldest', () => {
    expect(order(scan('old', 'a', 50), scan('new', 'a', 50), scan('small', 'a', 0))).toEqual(['small', 'old', 'new']);
  });

  it('none that has no room', () => {
    expect(order(scan('full', 'a', 0, 0), scan('b', 'b', 500))).toEqual(['b']);
  });

  it('none at all while the worker is full', () => {
    expect(order(scan('a', 'a', 900), scan('b', 'b', 100))).toEqual([]);
  });

  it('gives two projects that never have enough the same part, one of them with ten scans', () => {
    const scans = [scan('b', 'b', 0), ...Array.from({ length: 10 }, (_, index) => scan(`a${index}`, 'a', 0))];
    const inHand = new Map(scans.map(({ scanId }) => [scanId, 0]));
    for (let taken = 0; taken < 10; taken++) {
      const [next] = inOrderOfShares(
        scans.map((each) => ({ ...each, inHand: inHand.get(each.scanId)! })),
        1_000,
      );
      inHand.set(next!.scanId, inHand.get(next!.scanId)! + 100);
    }
    expect(inHand.get('b')).toBe(500);
  });
});
