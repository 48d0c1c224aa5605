// What a scan and the guard can be made of: asked for once, as it changes only with the server.
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { AttackEntry, CaseEntry, DatasetEntry, DetectorEntry, PolicyEntry, SuiteEntry } from './shapes.ts';

const LASTING_MS = 5 * 60_000;

export const attacksQuery = queryOptions({
  queryKey: ['attacks'],
  queryFn: async ({ signal }) => (await ask<{ attacks: AttackEntry[] }>('/attacks', { signal })).attacks,
  staleTime: LASTING_MS,
});

export const suitesQuery = queryOptions({
  queryKey: ['suites'],
  queryFn: async ({ signal }) => (await ask<{ suites: SuiteEntry[] }>('/suites', { signal })).suites,
  staleTime: LASTING_MS,
});

export const detectorsQuery = queryOptions({
  queryKey: ['detectors'],
  queryFn: async ({ signal }) => (await ask<{ detectors: DetectorEntry[] }>('/detectors', { signal })).detectors,
  staleTime: LASTING_MS,
});

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => (await ask<{ datasets: DatasetEntry[] }>('/datasets', { signal })).datasets,
});

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: async ({ signal }) => (await ask<{ policies: PolicyEntry[] }>('/policies', { signal })).policies,
});

export interface CasePage {
  readonly dataset: DatasetEntry;
  readonly cases: CaseEntry[];
  readonly next: number | null;
}
