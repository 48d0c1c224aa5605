// The tests of a scan: pages by filters and words, one test whole.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Search } from '../search.ts';
import { ask, type Query } from './client.ts';
import type { TestDetail, TestEntry } from './shapes.ts';

const A_PAGE = 100;

interface TestPage {
  readonly tests: TestEntry[];
  readonly total: number | null;
  readonly next: string | null;
}

/** Filters of which several values may be named at once, with commas in the page's address. */
export const listFilters = [
  'outcome',
  'severity',
  'dataset',
  'subcategory',
  'attack',
  'role',
  'reason',
  'case_id',
  'stopped_by',
] as const;

/** The part of a page's address that says which tests are meant. */
export function testFilterOf(search: Search): Query {
  const lists = listFilters.map((key) => [key, search[key]?.split(',').filter(Boolean)] as const);
  return {
    ...Object.fromEntries(lists),
    text: search.text,
    control: search.control,
    marked: search.marked,
    sort: search.sort,
  };
}

const pathOf = (scanId: string): string => `/scans/${encodeURIComponent(scanId)}/tests`;

export const testsQuery = (scanId: string, filter: Query) =>
  infiniteQueryOptions({
    queryKey: ['scan', scanId, 'tests', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      ask<TestPage>(pathOf(scanId), { query: { ...filter, limit: A_PAGE, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

export const testQuery = (scanId: string, key: string) =>
  queryOptions({
    queryKey: ['scan', scanId, 'test', key],
    queryFn: ({ signal }) => ask<TestDetail>(`${pathOf(scanId)}/${encodeURIComponent(key)}`, { signal }),
  });
