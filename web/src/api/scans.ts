// Scans as the pages ask for them: lists, one, its summary, and how often each is asked for anew.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, type Query } from './client.ts';
import type { Scan, ScanDetail, ScanSummary } from './shapes.ts';

const LOOK_EVERY_MS = 2000;

const active: ReadonlySet<string> = new Set(['Initializing', 'Scanning']);
export const isActive = ({ status }: Pick<Scan, 'status'>): boolean => active.has(status);

interface ScanPage {
  readonly scans: Scan[];
  readonly next: string | null;
}

export const scansQuery = (filter: Query) =>
  infiniteQueryOptions({
    queryKey: ['scans', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => ask<ScanPage>('/scans', { query: { ...filter, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) =>
      query.state.data?.pages.some(({ scans }) => scans.some(isActive)) ? LOOK_EVERY_MS : false,
  });

export const scanQuery = (id: string) =>
  queryOptions({
    queryKey: ['scan', id],
    queryFn: ({ signal }) => ask<ScanDetail>(`/scans/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data && isActive(query.state.data) ? LOOK_EVERY_MS : false),
  });

export const summaryQuery = (id: string) =>
  queryOptions({
    queryKey: ['scan', id, 'summary'],
    queryFn: ({ signal }) => ask<ScanSummary>(`/scans/${encodeURIComponent(id)}/summary`, { signal }),
  });
