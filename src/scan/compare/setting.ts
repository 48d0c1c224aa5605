// What differs between the settings of two scans, what of it forbids a conclusion, and what forbids comparing. Pure.

import type { HeldPolicy } from '../../core/guarding.ts';
import { whyNoHeadline } from '../../reports/judge-view.ts';
import { reportJudgeOf } from '../report-judge.ts';
import type { PlannedDataset, ScanSpec } from '../spec.ts';
import type { Summary } from '../summarise.ts';
import { undecidedDoubts } from '../undecided-doubts.ts';

/** One side of a comparison: a scan that has finished. */
export interface ComparedScan {
  readonly spec: ScanSpec;
  readonly summary: Summary;
}

export interface SettingChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** A dataset whose tests are not compared. */
export interface LeftOutDataset {
  readonly dataset: string;
  readonly slug: string;
  readonly reason: string;
}

/** As people write it: lists and named values without the marks of JSON. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value !== 'object') return String(value);
  const parts = Array.isArray(value)
    ? value.map(shown)
    : Object.entries(value).map(([name, each]) => `${name.replaceAll('_', ' ')} ${shown(each)}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (value ?? {}) as Record<string, unknown>;

const versionText = ({ version, sha256 }: PlannedDataset | HeldPolicy): string =>
  `version ${version}, ${sha256.slice(0, 12)}`;

const guardText = ({ guard }: ScanSpec): string | null =>
  guard === undefined
    ? null
    : `${guard.mode}: ${guard.policies.length === 0 ? 'the default set' : guard.policies.join(', ')}`;

/** Policies that both scans were held to, or one of them; nothing where it is not known of both. */
function policyChanges({ guard: before }: ScanSpec, { guard: after }: ScanSpec): SettingChange[] {
  if (before?.held === undefined || after?.held === undefined) return [];
  const textOf = (held: readonly HeldPolicy[], id: string): string =>
    held.flatMap((each) => (each.id === id ? [versionText(each)] : [])).join('; then ') || 'none';
  const ids = [...new Set([...before.held, ...after.held].map(({ id }) => id))];
  return ids
    .map((id) => ({ what: `policy ${id}`, before: textOf(before.held!, id), after: textOf(after.held!, id) }))
    .filter((change) => change.before !== change.after);
}

/** What is compared, by the name that people read. Values are from the manifest: what was, not what was asked for. */
function settingOf({ spec, summary }: ComparedScan): Readonly<Record<string, unknown>> {
  const { manifest } = summary;
  const target = record(manifest.target);
  const software = record(manifest.software);
  return {
    address: spec.target.url,
    model: spec.target.model,
    'model names returned': target.names_returned,
    'system prompt (SHA-256)': target.system_prompt_sha256,
    'parameters sent': target.parameters_sent,
    guard: guardText(spec),
    judges: manifest.judges,
    'attacker model': spec.helpers.attacker,
    software: software.version,
    seed: spec.seed,
    preset: spec.preset,
    bounds: manifest.bounds,
  };
}

function datasetChanges(before: ScanSpec, after: ScanSpec): SettingChange[] {
  const slugs = [...new Set([...before.datasets, ...after.datasets].map(({ slug }) => slug))];
  return slugs.flatMap((slug) => {
    const [first, second] = [before, after].map((spec) => spec.datasets.find((dataset) => dataset.slug === slug));
    if (first?.sha256 === second?.sha256) return [];
    const title = (first ?? second)!.title;
    return [
      {
        what: `dataset ${title}`,
        before: first ? versionText(first) : 'none',
        after: second ? versionText(second) : 'none',
      },
    ];
  });
}

export function changesBetween(before: ComparedScan, after: ComparedScan): SettingChange[] {
  const [first, second] = [settingOf(before), settingOf(after)];
  const changed = Object.keys(first)
    .filter((what) => shown(first[what]) !== shown(second[what]))
    .map((what) => ({ what, before: shown(first[what]), after: shown(second[what]) }));
  return [...changed, ...policyChanges(before.spec, after.spec), ...datasetChanges(before.spec, after.spec)];
}

/** Datasets that both scans ran in different versions: their tests have the same name and are not the same. */
export const changedDatasets = (before: ScanSpec, after: ScanSpec): LeftOutDataset[] =>
  before.datasets.flatMap((first) => {
    const second = after.datasets.find(({ slug }) => slug === first.slug);
    if (second === undefined || second.sha256 === first.sha256) return [];
    const reason = `version ${first.version} before, ${second.version} after`;
    return [{ dataset: first.title, slug: first.slug, reason }];
  });

type Versions = ReadonlyMap<string, unknown>;
const attackVersions = ({ manifest }: Summary): Versions =>
  new Map((manifest.attacks as { id: string; version: unknown }[]).map(({ id, version }) => [id, version]));

function changedAttacks(before: Summary, after: Summary): string[] {
  const second = attackVersions(after);
  return [...attackVersions(before)].flatMap(([id, version]) =>
    second.has(id) && second.get(id) !== version
      ? [`The attack ${id} was version ${version} before and is ${second.get(id)} after.`]
      : [],
  );
}

function guardDoubts(before: ScanSpec, after: ScanSpec): string[] {
  if (before.guard === undefined || after.guard !== undefined) return [];
  return ['The guard was in play before and is not after: what differs may come from that alone.'];
}

const REJUDGE = 'Judge the older scan anew with: redoubt scans rejudge ID';

function judgeDoubts(before: ComparedScan, after: ComparedScan): string[] {
  const judges = (scan: ComparedScan): string => JSON.stringify([scan.summary.manifest.judges, scan.summary.judge.id]);
  const unreliable = [before, after].flatMap(({ summary }) => {
    const why = whyNoHeadline(reportJudgeOf(summary));
    return why === null ? [] : [`${summary.name}: ${why}`];
  });
  if (judges(before) === judges(after)) return unreliable;
  return [`The two scans were judged by different judges. ${REJUDGE}`, ...unreliable];
}

function policyDoubts(scans: readonly ComparedScan[]): string[] {
  return scans.flatMap(({ spec: { guard }, summary: { name } }) => {
    const ids = (guard?.held ?? []).map(({ id }) => id);
    const changed = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
    return [...changed].map((id) => `${name}: the policy ${id} changed while it ran.`);
  });
}

/** Above this share of inconclusive tests the rest may be a sample of what is easy. */
const MOST_INCONCLUSIVE = 0.2;

function inconclusiveDoubts(scans: readonly ComparedScan[]): string[] {
  return scans.flatMap(({ summary }) => {
    const { name, counts } = summary;
    const many = counts.tests > 0 && counts.inconclusive / counts.tests > MOST_INCONCLUSIVE;
    return [
      ...undecidedDoubts(summary).map((clause) => `${name}: ${clause}`),
      ...(many ? [`${name}: ${counts.inconclusive} of ${counts.tests} tests are inconclusive.`] : []),
    ];
  });
}

/** Why nothing can be concluded, though the figures stand; empty where nothing forbids it. */
export const doubtsBetween = (before: ComparedScan, after: ComparedScan): string[] => [
  ...changedDatasets(before.spec, after.spec).map(
    ({ dataset, reason }) => `The dataset ${dataset} changed (${reason}): its tests are not compared.`,
  ),
  ...judgeDoubts(before, after),
  ...guardDoubts(before.spec, after.spec),
  ...policyDoubts([before, after]),
  ...changedAttacks(before.summary, after.summary),
  ...inconclusiveDoubts([before, after]),
];

/** Why the two cannot be held against one another at all; null where they can. */
export function obstacleBetween(before: ScanSpec, after: ScanSpec): string | null {
  if (before.judge === 'none' || after.judge === 'none')
    return 'one of them was not judged. Judge it with: redoubt scans rejudge ID';
  const alone = [before, after].filter(({ guard }) => guard?.mode === 'only').length;
  if (alone === 1) return 'one asked the guard alone, the other the target.';
  return null;
}
