// A finished scan as hardening reads it: its tests with family and language, and what forbids a conclusion.
import { RedoubtError } from '../core/errors.ts';
import type { HeldPolicy } from '../core/guarding.ts';
import type { HardenSource, HardenTest } from '../core/hardening.ts';
import { whyNoHeadline } from '../reports/judge-view.ts';
import { capital } from '../reports/wording.ts';
import { currentVersionOf, datasetById } from '../store/datasets.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { storedTests } from '../store/stored-test.ts';
import type { Vault } from '../store/vault.ts';
import { requireAttack } from './attacks/index.ts';
import { createCaseFinder } from './case-finder.ts';
import { familyOf } from './findings/fingerprint.ts';
import { reportJudgeOf } from './report-judge.ts';
import { type ScanSpec, specOf } from './spec.ts';
import type { Summary } from './summarise.ts';
import { undecidedDoubts } from './undecided-doubts.ts';

interface Sources {
  readonly store: Store;
  readonly vault: Vault;
  /** The policies of the project as they are now. */
  readonly policies: readonly HeldPolicy[];
}

const langOf = (body: string): string => (JSON.parse(body) as { lang?: string }).lang ?? 'en';

async function* testsOf({ store, vault }: Sources, row: ScanRow, spec: ScanSpec): AsyncGenerator<HardenTest> {
  const caseOf = createCaseFinder(store, spec);
  for await (const { row: test, messages, mark } of storedTests(store, vault, row.id)) {
    // Whose verdict a person says is wrong asks for no rule, and proves none.
    if (mark !== undefined && mark.outcome !== test.outcome) continue;
    const found = await caseOf(test);
    yield {
      planKey: test.plan_key,
      caseId: test.case_id,
      dataset: test.dataset,
      subcategory: test.subcategory,
      attack: `${test.attack} ${test.parameters}`,
      family: familyOf(test.attack),
      lang: found === null ? 'en' : langOf(found.row.body),
      role: test.role,
      expect: test.expect,
      messages,
      outcome: test.outcome,
      bareOutcome: test.bare_outcome ?? test.outcome,
    };
  }
}

function verdictDoubts(summary: Summary): string[] {
  const unreliable = whyNoHeadline(reportJudgeOf(summary));
  return [
    ...(unreliable === null ? [] : [unreliable]),
    ...undecidedDoubts(summary).map(capital),
    ...(summary.counts.unjudged > 0 ? ['The scan was not judged. Judge it with: redoubt scans rejudge ID'] : []),
  ];
}

async function datasetDoubts(store: Store, spec: ScanSpec): Promise<string[]> {
  const doubts: string[] = [];
  for (const { datasetId, title, version } of spec.datasets) {
    const row = await datasetById(store, datasetId);
    const current = row === undefined ? undefined : await currentVersionOf(store, row.project_id, row.slug);
    if (row === undefined) doubts.push(`The dataset ${title} is no longer there.`);
    else if (current !== undefined && current.id !== datasetId)
      doubts.push(
        `The dataset ${title} changed since the scan (version ${version} then, ${current.version} now): scan again.`,
      );
  }
  return doubts;
}

function guardDoubts({ guard }: ScanSpec, now: readonly HeldPolicy[]): string[] {
  if (guard === undefined) return [];
  if (guard.mode === 'only') return ['The scan asked the guard alone: what the target does is not known.'];
  const held = guard.held ?? guard.policies.map((id) => ({ id, sha256: null }));
  const otherwise = held.flatMap(({ id, sha256 }) => {
    const policy = now.find((each) => each.id === id);
    if (policy === undefined) return [`${id}, which is lost`];
    return sha256 === null || policy.sha256 === sha256 ? [] : [`${id}, which changed since`];
  });
  return [...new Set(otherwise)].map(
    (which) => `The scan ran behind the policy ${which}: it would stand otherwise now.`,
  );
}

function attackDoubts({ manifest }: Summary): string[] {
  return (manifest.attacks as { id: string; version: number }[]).flatMap(({ id, version }) =>
    requireAttack(id).version === version ? [] : [`The attack ${id} changed since the scan: scan again.`],
  );
}

/** Throws SCAN_NOT_FINISHED. */
export async function hardenSource(sources: Sources, row: ScanRow): Promise<HardenSource> {
  if (row.status !== 'Finished' || row.summary === null)
    throw new RedoubtError('SCAN_NOT_FINISHED', { value: row.status, reason: 'hardening' });
  const spec = specOf(row);
  const summary = JSON.parse(row.summary) as Summary;
  return {
    scanId: row.id,
    projectId: row.project_id,
    targetKey: row.target_key,
    simulated: summary.target.simulated,
    doubts: [
      ...verdictDoubts(summary),
      ...(await datasetDoubts(sources.store, spec)),
      ...guardDoubts(spec, sources.policies),
      ...attackDoubts(summary),
    ],
    tests: () => testsOf(sources, row, spec),
  };
}
