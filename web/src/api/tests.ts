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

/** Filters of which several values may be named at once, with commas in the page's address: ids, which hold none. */
const listFilters = ['outcome', 'severity', 'dataset', 'attack', 'role', 'reason', 'expect', 'stopped_by'] as const;

/** Filters of one value, which may hold commas: whoever writes a dataset names its categories and cases. */
const singleFilters = ['subcategory', 'case_id', 'parameters', 'rate', 'control', 'finding', 'marked', 'text'] as const;

/** Whatever says which tests are meant, without their order. */
export const testFilters = [...listFilters, ...singleFilters];

/** Twins and controls are no tests of the report: listed where they are named, or where a rate counts them. */
export const rolesOf = (search: Search): string => search.role ?? (search.rate ? '' : 'case');

/** The part of a page's address that says which tests are meant. */
export function testFilterOf(search: Search): Query {
  const named: Search = { ...search, role: rolesOf(search) };
  const lists = listFilters.map((key) => [key, named[key]?.split(',').filter(Boolean)] as const);
  return {
    ...Object.fromEntries(lists),
    ...Object.fromEntries(singleFilters.map((key) => [key, search[key]])),
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
