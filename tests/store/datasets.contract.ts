// Contract of the store: versions of datasets and their cases.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import type { Expectation } from '../../src/core/outcome.ts';
import {
  BUILT_IN,
  caseKinds,
  casesAfter,
  currentDatasets,
  datasetById,
  fillTraits,
  kindsAt,
  plannablePositions,
  retireDataset,
  storedVersion,
} from '../../src/store/datasets.ts';
import { discardAbandoned, type NewDataset, storeDataset } from '../../src/store/new-dataset.ts';
import type { DatasetCaseRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { caseRow, datasetRow, upTo } from './rows.ts';

const CASES = 10_000;
const kinds: readonly Expectation[] = ['refuse', 'answer', 'correct'];

/** Cases as a file gives them: one by one. Every third is of one kind, every fifth needs a judge. */
function* manyCases(count: number): Generator<Omit<DatasetCaseRow, 'dataset_id'>> {
  for (let position = 0; position < count; position++)
    yield caseRow(position, { expect: kinds[position % 3]!, offline: position % 5 === 0 ? 0 : 1 });
}

function* brokenCases(): Generator<Omit<DatasetCaseRow, 'dataset_id'>> {
  yield* manyCases(1_500);
  throw new Error('line 1501 cannot be read');
}

/** Whether somebody else of this thread had a turn before the work was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<boolean> {
  let hadTurn = false;
  const turn = setTimeout(() => {
    hadTurn = true;
  });
  await work();
  clearTimeout(turn);
  return hadTurn;
}

export function datasetsContract(open: () => Store): void {
  describe('datasets', () => {
    let store: Store;
    let project: string;
    let version: NewDataset;

    const ownCurrent = async (): Promise<string[]> =>
      (await currentDatasets(store, project)).filter((row) => row.project_id === project).map((row) => row.id);
    const next = (changes: Partial<NewDataset> = {}): NewDataset => {
      const id = newId();
      return { ...version, id, sha256: `sha of ${id}`, ...changes };
    };

    beforeAll(() => {
      store = open();
    });
    beforeEach(() => {
      project = newId();
      version = datasetRow({ project_id: project, slug: 'demo' });
    });

    it('leads a name to its latest version, and keeps the earlier one with its cases', async () => {
      const later = next({ version: '2' });
      expect(await storeDataset(store, version, [caseRow(0)])).toBe(version.id);
      expect(await storeDataset(store, later, [caseRow(0), caseRow(1)])).toBe(later.id);
      expect(await ownCurrent()).toEqual([later.id]);
      expect(await storedVersion(store, project, 'demo', later.sha256)).toBe(later.id);
      expect(await storedVersion(store, project, 'demo', version.sha256)).toBeNull();
      expect(await storedVersion(store, newId(), 'demo', later.sha256)).toBeNull();
      expect(await datasetById(store, version.id)).toEqual({ ...version, cases: 1, current: 0 });
      expect(await datasetById(store, later.id)).toEqual({ ...later, cases: 2, current: 1 });
      expect(await casesAfter(store, version.id, -1, 10)).toEqual([{ ...caseRow(0), dataset_id: version.id }]);
    });

    it('stores the same content once, and gives the id it already has', async () => {
      const again = next({ sha256: version.sha256 });
      await storeDataset(store, version, [caseRow(0)]);
      expect(await storeDataset(store, again, [caseRow(0)])).toBe(version.id);
      expect(await datasetById(store, again.id)).toBeUndefined();
      expect(await casesAfter(store, version.id, -1, 10)).toHaveLength(1);
    });

    it('takes the same content under the same id for the same version', async () => {
      await storeDataset(store, version, [caseRow(0)]);
      expect(await storeDataset(store, version, [caseRow(0)])).toBe(version.id);
      expect(await casesAfter(store, version.id, -1, 10)).toHaveLength(1);
    });

    it('stores a version once when two ask at the same time', async () => {
      const ids = await Promise.all(upTo(4).map(() => storeDataset(store, version, [caseRow(0), caseRow(1)])));
      expect(new Set(ids)).toEqual(new Set([version.id]));
      expect(await casesAfter(store, version.id, -1, 10)).toHaveLength(2);
    });

    it('goes back to an earlier version when its content comes again', async () => {
      await storeDataset(store, version, [caseRow(0)]);
      await storeDataset(store, next(), [caseRow(0), caseRow(1)]);
      await storeDataset(store, next({ sha256: version.sha256 }), [caseRow(0)]);
      expect(await ownCurrent()).toEqual([version.id]);
    });

    it('stores nothing of a version whose cases cannot be read to the end', async () => {
      await storeDataset(store, version, [caseRow(0)]);
      const broken = next();
      await expect(storeDataset(store, broken, brokenCases())).rejects.toThrow('line 1501');
      expect(await datasetById(store, broken.id)).toBeUndefined();
      expect(await casesAfter(store, broken.id, -1, 10)).toEqual([]);
      expect(await ownCurrent()).toEqual([version.id]);
    });

    it('lets others write while a long one is stored, and shows it once it is whole', async () => {
      const seen: string[][] = [];
      async function* watched(): AsyncGenerator<Omit<DatasetCaseRow, 'dataset_id'>> {
        for (const testCase of manyCases(1_600)) {
          yield testCase;
          if (testCase.position !== 1_200) continue;
          await storeDataset(store, datasetRow({ project_id: project, slug: 'meanwhile', id: 'meanwhile' }), [
            caseRow(0),
          ]);
          seen.push(await ownCurrent());
        }
      }
      await storeDataset(store, version, watched());
      expect(seen).toEqual([['meanwhile']]);
      expect(await ownCurrent()).toHaveLength(2);
      expect(await datasetById(store, version.id)).toEqual({ ...version, cases: 1_600, current: 1 });
    });

    it('takes away, a day later, what a process that was killed left of a version', async () => {
      const left = next();
      await store.db
        .insertInto('datasets')
        .values({ ...left, cases: 0, current: 0 })
        .execute();
      await store.db
        .insertInto('dataset_cases')
        .values({ ...caseRow(0), dataset_id: left.id })
        .execute();
      await storeDataset(store, next({ created_at: left.created_at + 1 }), [caseRow(0)]);
      expect(await datasetById(store, left.id)).toBeDefined();
      await storeDataset(store, next({ created_at: left.created_at + 25 * 3_600_000 }), [caseRow(0)]);
      expect(await datasetById(store, left.id)).toBeUndefined();
      expect(await casesAfter(store, left.id, -1, 10)).toEqual([]);
    });

    it('leads a name to one version when several become whole at once', async () => {
      for (const _ of upTo(3)) {
        const versions = upTo(6).map(() => next());
        const ids = await Promise.all(versions.map((each) => storeDataset(store, each, manyCases(600))));
        expect(ids).toEqual(versions.map(({ id }) => id));
        expect(await ownCurrent()).toHaveLength(1);
      }
    });

    it('stores no more of a version that was taken away meanwhile', async () => {
      let read = 0;
      async function* watched(): AsyncGenerator<Omit<DatasetCaseRow, 'dataset_id'>> {
        for (const testCase of manyCases(5_000)) {
          yield testCase;
          read += 1;
          if (testCase.position === 1_100) await store.db.deleteFrom('datasets').where('id', '=', version.id).execute();
        }
      }
      await expect(storeDataset(store, version, watched())).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(read).toBeLessThan(2_600);
      expect(await casesAfter(store, version.id, -1, 10)).toEqual([]);
    });

    it('gives others a turn while it fills in traits or takes a long version away', async () => {
      const older = { sensitive: null, scripted: null, writing: null };
      const id = await storeDataset(store, version, manyCases(20_000));
      await store.db.updateTable('dataset_cases').set(older).where('dataset_id', '=', id).execute();
      expect(await turnsDuring(() => fillTraits(store, id, () => ({ sensitive: 0, scripted: 0, writing: 15 })))).toBe(
        true,
      );
      expect(await caseKinds(store, id)).toHaveLength(6);
      await store.db.updateTable('datasets').set({ cases: 0 }).where('id', '=', id).execute();
      expect(await turnsDuring(() => discardAbandoned(store, version.created_at + 25 * 3_600_000))).toBe(true);
      expect(await casesAfter(store, id, -1, 1)).toEqual([]);
    });

    it.each([
      ['without cases', [], 'no case'],
      ['with an id that comes twice', [caseRow(0), caseRow(1), caseRow(2, { case_id: 'case-0' })], '"case-0"'],
    ])('refuses a version %s, and the earlier one stays', async (_, cases, reason) => {
      await storeDataset(store, version, [caseRow(0)]);
      const wrong = next();
      await expect(storeDataset(store, wrong, cases)).rejects.toMatchObject({
        code: 'FILE_INVALID',
        message: expect.stringContaining(reason),
      });
      expect(await datasetById(store, wrong.id)).toBeUndefined();
      expect(await ownCurrent()).toEqual([version.id]);
    });

    it('takes a dataset off the list once, and puts it back when it is stored again', async () => {
      await storeDataset(store, version, [caseRow(0)]);
      expect(await retireDataset(store, newId(), 'demo')).toBe(false);
      expect(await retireDataset(store, project, 'demo')).toBe(true);
      expect(await retireDataset(store, project, 'demo')).toBe(false);
      expect(await ownCurrent()).toEqual([]);
      expect(await datasetById(store, version.id)).toEqual({ ...version, cases: 1, current: 0 });
      await storeDataset(store, version, [caseRow(0)]);
      expect(await ownCurrent()).toEqual([version.id]);
    });

    it('shows a project what ships and its own, by title, and nobody else their datasets', async () => {
      const titles = ['beta', 'Alpha', 'Zulu', 'alpha', 'Ärger', '_first'];
      for (const [index, title] of titles.entries()) {
        const project_id = index === 0 ? BUILT_IN : project;
        await storeDataset(store, datasetRow({ project_id, title }), [caseRow(0)]);
      }
      await storeDataset(store, datasetRow({ project_id: newId(), title: 'of a stranger' }), [caseRow(0)]);
      const shown = (await currentDatasets(store, project)).map((row) => row.title);
      // The same order on both stores: by code point, not by the language of the server.
      expect(shown.filter((title) => titles.includes(title))).toEqual(titles.toSorted());
      expect(shown).not.toContain('of a stranger');
    });

    it('reads 10,000 cases back in pages, each once and in order', async () => {
      await storeDataset(store, version, manyCases(CASES));
      const read: DatasetCaseRow[] = [];
      for (;;) {
        const page = await casesAfter(store, version.id, read.at(-1)?.position ?? -1, 777);
        read.push(...page);
        if (page.length < 777) break;
      }
      expect(await datasetById(store, version.id)).toMatchObject({ cases: CASES });
      expect(read).toEqual([...manyCases(CASES)].map((row) => ({ ...row, dataset_id: version.id })));
    });

    it('counts cases by kind and finds those that can be planned', async () => {
      await storeDataset(store, version, manyCases(CASES));
      const all = [...manyCases(CASES)];
      const counted = await caseKinds(store, version.id);
      const expected = kinds.flatMap((expect) =>
        [0, 1].map((offline) => ({
          expect,
          offline,
          sensitive: 0,
          scripted: 0,
          writing: 15,
          n: all.filter((row) => row.expect === expect && row.offline === offline).length,
        })),
      );
      expect(counted).toHaveLength(expected.length);
      expect(counted).toEqual(expect.arrayContaining(expected));
      const offline = all.filter((row) => row.offline === 1).map((row) => row.position);
      expect(await plannablePositions(store, version.id, false)).toEqual(offline);
      expect(await plannablePositions(store, version.id, true)).toEqual(upTo(CASES));
      const tally = Object.groupBy(await kindsAt(store, version.id, offline), (kind) => kind.expect);
      for (const kind of kinds)
        expect(tally[kind]).toHaveLength(all.filter((row) => row.offline === 1 && row.expect === kind).length);
    });
  });
}
