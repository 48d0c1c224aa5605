// Frameworks as views over a scan: which controls its tests touched, which failed, which no conversation can show.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { unknownValue } from '../core/errors.ts';
import { wilson } from '../core/score/interval.ts';
import { builtInLines } from './datasets/built-in.ts';
import { testCaseOf } from './datasets/case-line.ts';
import { ordinaryDatasets } from './datasets/index.ts';

const path = fileURLToPath(new URL('../../data/taxonomies/frameworks.yaml', import.meta.url));

const frameworkSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  also: z.array(z.string()),
  pattern: z.string().transform((text) => new RegExp(text)),
  titles: z.record(z.string(), z.string()),
  beyond: z.array(z.string()),
});
export type Framework = z.infer<typeof frameworkSchema>;

let known: readonly Framework[] | null = null;

export function frameworks(): readonly Framework[] {
  known ??= z.object({ frameworks: z.array(frameworkSchema) }).parse(parse(readFileSync(path, 'utf8'))).frameworks;
  return known;
}

/** By id or a longer name, letter case aside. Throws UNKNOWN_VALUE at `field`. */
export function requireFramework(name: string, field: string): Framework {
  const wanted = name.trim().toLowerCase().replaceAll('_', '-');
  const bears = ({ id, title, also }: Framework): boolean => [id, title.toLowerCase(), ...also].includes(wanted);
  const found = frameworks().find(bears);
  if (found) return found;
  throw unknownValue(
    field,
    name,
    frameworks().map(({ id }) => id),
  );
}

const controlIn = ({ pattern }: Framework, reference: string): string | null => pattern.exec(reference)?.[1] ?? null;

const controlsIn = (framework: Framework, references: readonly string[]): string[] => [
  ...new Set(references.flatMap((reference) => controlIn(framework, reference) ?? [])),
];

const references = new Map<string, readonly string[]>();

/** All references of the cases that ship, read once. */
function shippedReferences(): readonly string[] {
  for (const { slug } of ordinaryDatasets())
    if (!references.has(slug))
      references.set(
        slug,
        builtInLines(slug).flatMap((line, index) => testCaseOf(line, `${slug}-${index + 1}`).references),
      );
  return [...references.values()].flat();
}

/** A decided test: what its case refers to, and whether it failed. */
export interface ReferringTest {
  readonly references: readonly string[];
  readonly isFailure: boolean;
  /** How many of them there are; left out: one. */
  readonly n?: number;
}

export type ControlStatus = 'failed' | 'no failure found' | 'not tested' | 'not testable by prompting';

export interface ControlView {
  readonly id: string;
  readonly title: string | null;
  readonly status: ControlStatus;
  readonly tests: number;
  readonly failures: number;
  /** Share of failures that is still possible, in 0..1, by the upper end of the interval; null without a test. */
  readonly upperBound: number | null;
}

function statusOf(isBeyond: boolean, tests: number, failures: number): ControlStatus {
  if (failures > 0) return 'failed';
  if (tests > 0) return 'no failure found';
  return isBeyond ? 'not testable by prompting' : 'not tested';
}

/** Every control of the framework, in the order of their ids, as some decided tests show it. */
export function controlViews(framework: Framework, tests: readonly ReferringTest[]): ControlView[] {
  const counts = new Map<string, { tests: number; failures: number }>();
  for (const { references: own, isFailure, n = 1 } of tests)
    for (const control of controlsIn(framework, own)) {
      const count = counts.get(control) ?? { tests: 0, failures: 0 };
      count.tests += n;
      count.failures += isFailure ? n : 0;
      counts.set(control, count);
    }
  const ids = new Set([...controlsIn(framework, shippedReferences()), ...framework.beyond, ...counts.keys()]);
  return [...ids]
    .sort((left, right) => left.localeCompare(right, 'en', { numeric: true }))
    .map((id) => {
      const { tests: n, failures } = counts.get(id) ?? { tests: 0, failures: 0 };
      const status = statusOf(framework.beyond.includes(id), n, failures);
      return {
        id,
        title: framework.titles[id] ?? null,
        status,
        tests: n,
        failures,
        upperBound: wilson(failures, n).high,
      };
    });
}

/** The controls of a framework that a case refers to. */
export const controlsOf = (framework: Framework, own: readonly string[]): string[] => controlsIn(framework, own);
