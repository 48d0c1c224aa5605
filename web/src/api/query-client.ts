// The cache of answers: shown at once, asked for anew when they are old or the server is back.
import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './client.ts';
import { onReturn } from './connection.ts';

const FRESH_MS = 10_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) => count < 1 && error instanceof ApiProblem && error.status >= 500,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

onReturn(() => void queryClient.invalidateQueries());
