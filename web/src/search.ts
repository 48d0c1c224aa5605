// What stands behind the question mark of a page's address: plain words, so that an address can be read and sent on.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Readonly<Record<string, string | undefined>>;

export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text));

export function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).flatMap(([key, value]) =>
    value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** The filters of this page, and a way to change some of them; '' or undefined takes one away. */
export function useFilters(): [Search, (change: Search) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = useCallback(
    (parts: Search) =>
      void navigate({
        to: '.',
        search: (before: Search) => {
          const merged = { ...before, ...parts };
          return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''));
        },
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [search, change];
}
