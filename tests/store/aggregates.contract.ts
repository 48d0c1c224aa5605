// Contract of the store: the sums of a summary, held against sums made one by one in plain code.
import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectations,
  isDecided,
  type Outcome,
  outcomes,
  reasons,
  type Severity,
  severities,
} from '../../src/core/outcome.ts';
import { type Random, seededRandom } from '../../src/core/random.ts';
import type { CaseShape } from '../../src/core/score/clustered.ts';
import {
  type CaseGroup,
  caseGroups,
  caseShapes,
  casesUnderAttacks,
  datasetShapes,
  modelsReturned,
  pooledShapes,
  type TestGroup,
  testGroups,
  worstTests,
} from '../../src/store/aggregates.ts';
import { createResultWriter, type TestResult } from '../../src/store/results.ts';
import type { TestRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { inGroups, newScan, testRow, tryRow, upTo } from './rows.ts';

const datasets = ['Beta', 'alpha', 'Zulu set', 'ärger'];
const parameters = ['{}', '{"mode":"FWO"}'];
const attacks = ['direct', 'Flip', 'encoding', 'bon'];

const pick = <Item>(items: readonly Item[], random: Random): Item => items[random.below(items.length)]!;

/** Results drawn from a seed: cases meet several attacks, tries have models and tokens, or none. */
function drawnResults(scanId: string, count: number): TestResult[] {
  const random = seededRandom('aggregates', count);
  return upTo(count).map((n) => {
    const caseNo = random.below(count / 3);
    const test = testRow(scanId, n, {
      role: pick(['case', 'case', 'case', 'twin', 'control'] as const, random),
      dataset: pick(datasets, random),
      attack: pick(attacks, random),
      parameters: pick(parameters, random),
      case_id: `case-${caseNo}`,
      subcategory: `sub-${caseNo % 5}`,
      expect: pick(expectations, random),
      severity: pick(severities, random),
      outcome: pick(outcomes, random),
      bare_outcome: pick([null, ...outcomes], random),
      reason: pick(reasons, random),
    });
    const tries = upTo(1 + random.below(2)).map((tryNo) =>
      tryRow(scanId, n, tryNo, {
        model: pick([null, 'b-model', 'A-model'], random),
        tokens_in: pick([null, 5, 100_000], random),
        tokens_out: pick([null, 3], random),
      }),
    );
    return { test, tries, calls: [] };
  });
}

const groupKeys = ['role', 'dataset', 'attack', 'parameters', 'expect', 'severity', 'outcome', 'reason'] as const;
const keyOf = (row: Omit<TestGroup, 'n'>): string => groupKeys.map((key) => row[key]).join(' | ');

const worth = (row: TestRow): number => (row.outcome === 'breached' ? 0 : row.outcome === 'partial' ? 0.5 : 1);

/** Cases by group, each with the worth of its worst test. */
function naiveCaseGroups(tests: readonly TestRow[], groupOf: (row: TestRow) => [string, string]): CaseGroup[] {
  const groups = new Map<string, Map<string, number>>();
  for (const row of tests.filter((test) => test.role === 'case' && isDecided(test.outcome))) {
    const key = JSON.stringify(groupOf(row));
    const cases = groups.get(key) ?? new Map<string, number>();
    const id = `${row.dataset} ${row.case_id}`;
    cases.set(id, Math.min(cases.get(id) ?? 1, worth(row)));
    groups.set(key, cases);
  }
  return [...groups]
    .map(([group, cases]) => {
      const [key, subkey] = JSON.parse(group) as [string, string];
      const sum = [...cases.values()].reduce((total, value) => total + value, 0);
      return { key, subkey, cases: cases.size, safety: sum / cases.size };
    })
    .sort((a, b) => (`${a.key}\u0000${a.subkey}` < `${b.key}\u0000${b.subkey}` ? -1 : 1));
}

/** "k of n: cases", over tests that were decided by what `outcomeOf` says. */
function naiveShapes(tests: readonly TestRow[], outcomeOf: (row: TestRow) => Outcome | null): string[] {
  const cases = new Map<string, { k: number; n: number }>();
  for (const row of tests) {
    const outcome = outcomeOf(row);
    if (outcome === null || !isDecided(outcome)) continue;
    const id = `${row.dataset} ${row.case_id}`;
    const { k, n } = cases.get(id) ?? { k: 0, n: 0 };
    cases.set(id, { k: k + (outcome === 'breached' ? 1 : 0), n: n + 1 });
  }
  const shapes = new Map<string, number>();
  for (const { k, n } of cases.values()) shapes.set(`${k} of ${n}`, (shapes.get(`${k} of ${n}`) ?? 0) + 1);
  return [...shapes].map(([shape, count]) => `${shape}: ${count}`).sort();
}

const rank = (severity: Severity): number => -severities.indexOf(severity);

function naiveWorst(tests: readonly TestRow[], dataset: string): number[] {
  const failed = tests.filter((row) => row.role === 'case' && row.dataset === dataset && worth(row) < 1);
  const byHarm = (a: TestRow, b: TestRow): number =>
    worth(a) - worth(b) || rank(a.severity) - rank(b.severity) || a.test_no - b.test_no;
  return failed.sort(byHarm).map((row) => row.test_no);
}

export function aggregatesContract(open: () => Store): void {
  describe('sums of a scan', () => {
    let store: Store;
    let scanId: string;
    let emptyId: string;
    let results: readonly TestResult[];
    let tests: readonly TestRow[];

    beforeAll(async () => {
      store = open();
      scanId = (await newScan(store)).id;
      emptyId = (await newScan(store)).id;
      results = drawnResults(scanId, 3_000);
      tests = results.map((result) => result.test);
      const writer = createResultWriter(store);
      for (const group of inGroups(results, 200)) await writer.write(group);
      // A neighbour whose rows must not be added.
      await writer.write(drawnResults((await newScan(store)).id, 90));
    });

    it('count tests by everything they share', async () => {
      const expected = new Map<string, number>();
      for (const row of tests) expected.set(keyOf(row), (expected.get(keyOf(row)) ?? 0) + 1);
      const groups = await testGroups(store, scanId);
      expect(new Map(groups.map((group) => [keyOf(group), group.n]))).toEqual(expected);
      const places = groups.map((group) => `${group.dataset}\u0000${group.attack}`);
      expect(places).toEqual(places.toSorted());
    });

    it.each([
      ['dataset', (row: TestRow): [string, string] => [row.dataset, '']],
      ['attack', (row: TestRow): [string, string] => [row.attack, '']],
      ['variant', (row: TestRow): [string, string] => [row.attack, row.parameters]],
      ['subcategory', (row: TestRow): [string, string] => [row.dataset, row.subcategory]],
    ] as const)('rate decided cases by %s, a case as its worst test', async (by, groupOf) => {
      const expected = naiveCaseGroups(tests, groupOf);
      const groups = await caseGroups(store, scanId, by);
      expect(groups.map(({ safety, ...rest }) => rest)).toEqual(expected.map(({ safety, ...rest }) => rest));
      for (const [index, group] of groups.entries()) expect(group.safety).toBeCloseTo(expected[index]!.safety, 12);
    });

    it('rate decided cases over several attacks together', async () => {
      for (const chosen of [attacks, ['direct', 'bon'], ['Flip']]) {
        const met = tests.filter((row) => chosen.includes(row.attack) && row.parameters === '{}');
        const [expected] = naiveCaseGroups(met, () => ['', '']);
        const { safety, ...rest } = await casesUnderAttacks(
          store,
          scanId,
          chosen.map((id) => ({ id, parameters: '{}' })),
        );
        expect(rest).toEqual({ key: '', subkey: '', cases: expected!.cases });
        expect(safety).toBeCloseTo(expected!.safety, 12);
      }
    });

    it.each([
      ['as judged', (row: TestRow) => row.outcome],
      ['bare', (row: TestRow) => row.bare_outcome],
    ] as const)('count decided tests by case, %s', async (outcomes, outcomeOf) => {
      const chosen = { attacks: ['direct', 'bon'], expects: ['refuse', 'keep-secret'] as const };
      const own = tests.filter(
        ({ role, attack, expect: expected }) =>
          role === 'case' &&
          chosen.attacks.includes(attack) &&
          (chosen.expects as readonly string[]).includes(expected),
      );
      const shapes = await caseShapes(store, scanId, chosen.attacks, chosen.expects, outcomes);
      expect(shapes.map(({ k, n, cases }) => `${k} of ${n}: ${cases}`).sort()).toEqual(naiveShapes(own, outcomeOf));
    });

    it('count decided tests by case of each dataset, role and expectation, under some attacks and the others', async () => {
      const keyOfShape = ({ role, dataset, expect: expected }: Pick<TestRow, 'role' | 'dataset' | 'expect'>): string =>
        `${role} ${dataset} ${expected}`;
      const text = ({ k, n, cases }: CaseShape): string => `${k} of ${n}: ${cases}`;
      const shapes = await datasetShapes(store, scanId, ['bon', 'Flip']);
      for (const isNamed of [true, false])
        for (const key of new Set(tests.map(keyOfShape))) {
          const own = tests.filter(
            (row) => keyOfShape(row) === key && ['bon', 'Flip'].includes(row.attack) === isNamed,
          );
          const found = shapes.filter((shape) => keyOfShape(shape) === key && shape.isNamed === isNamed);
          expect(found.map(text).sort(), key).toEqual(naiveShapes(own, (row) => row.outcome));
        }
      expect((await datasetShapes(store, scanId, [])).every(({ isNamed }) => !isNamed)).toBe(true);
      const pooled = (await pooledShapes(store, scanId)).filter((s) => s.role === 'case' && s.dataset === 'alpha');
      const own = tests.filter(({ role, dataset }) => role === 'case' && dataset === 'alpha');
      expect(pooled.map(text).sort()).toEqual(naiveShapes(own, (row) => row.outcome));
    });

    it('tell one set of parameters of an attack from another', async () => {
      const group = await casesUnderAttacks(store, scanId, [{ id: 'direct', parameters: '{"mode":"other"}' }]);
      expect(group).toEqual({ key: '', subkey: '', cases: 0, safety: 0 });
    });

    it('name the worst tests of a dataset, breached first, then by severity', async () => {
      for (const dataset of datasets) {
        const expected = naiveWorst(tests, dataset);
        expect(expected.length).toBeGreaterThan(50);
        expect(await worstTests(store, scanId, dataset, 20)).toEqual({
          testNumbers: expected.slice(0, 20),
          total: expected.length,
        });
      }
      expect(await worstTests(store, scanId, 'no such set', 20)).toEqual({ testNumbers: [], total: 0 });
    });

    it('add up tokens and name the models that answered', async () => {
      expect(await modelsReturned(store, scanId)).toEqual(['A-model', 'b-model']);
    });

    it('of a scan without results are empty', async () => {
      expect(await testGroups(store, emptyId)).toEqual([]);
      const none = { key: '', subkey: '', cases: 0, safety: 0 };
      expect(await casesUnderAttacks(store, emptyId, [{ id: 'direct', parameters: '{}' }])).toEqual(none);
      expect(await casesUnderAttacks(store, scanId, [])).toEqual(none);
      expect(await caseGroups(store, emptyId, 'dataset')).toEqual([]);
      expect(await modelsReturned(store, emptyId)).toEqual([]);
      expect(await datasetShapes(store, emptyId, ['bon'])).toEqual([]);
      expect(await pooledShapes(store, emptyId)).toEqual([]);
    });
  });
}
