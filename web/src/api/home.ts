// The overview of the project, asked for anew while something runs.
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Home } from './shapes.ts';

const LOOK_EVERY_MS = 3000;
const SELDOM_MS = 30_000;

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: ({ signal }) => ask<Home>('/home', { signal }),
  refetchInterval: (query) => (query.state.data && query.state.data.running.length > 0 ? LOOK_EVERY_MS : SELDOM_MS),
});
