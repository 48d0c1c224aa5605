// Every page and its address. A page's code is fetched when it is first looked at.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { noteLost, onReturn } from './api/connection.ts';
import { NotFound } from './pages/not-found.tsx';
import { parseSearch, type Search, stringifySearch } from './search.ts';
import { Crashed } from './shell/crashed.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Crashed,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

const parent = () => root;
type Load = () => Promise<{ Page: () => ReactNode }>;

/** Without an answer the router would load the whole page anew, into nothing: the code waits for the server like all else. */
const patiently =
  (load: Load): Load =>
  async () => {
    try {
      return await load();
    } catch {
      noteLost();
      await new Promise<void>((resolve) => {
        const stop = onReturn(() => {
          stop();
          resolve();
        });
      });
      return load();
    }
  };

const page = <const Path extends string>(path: Path, load: Load) =>
  createRoute({ getParentRoute: parent, path, component: lazyRouteComponent(patiently(load), 'Page') });

// biome-ignore format: one line a page
const pages = [
  page('/', () => import('./pages/home/page.tsx')),
  page('/dashboard', () => import('./pages/home/page.tsx')),
  page('/sign-in', () => import('./pages/home/page.tsx')),
  page('/dashboard/scans', () => import('./pages/scans/list.tsx')),
  page('/dashboard/scans/new', () => import('./pages/new-scan/page.tsx')),
  page('/dashboard/scans/$id', () => import('./pages/scan/overview.tsx')),
  page('/dashboard/scans/$id/tests', () => import('./pages/tests/list.tsx')),
  page('/dashboard/scans/$id/tests/$key', () => import('./pages/tests/test.tsx')),
  page('/dashboard/scans/$id/categories', () => import('./pages/scan/categories.tsx')),
  page('/dashboard/scans/$id/frameworks', () => import('./pages/scan/frameworks.tsx')),
  page('/dashboard/compare', () => import('./pages/compare/page.tsx')),
  page('/dashboard/findings', () => import('./pages/findings/page.tsx')),
  page('/dashboard/harden', () => import('./pages/harden/page.tsx')),
  page('/dashboard/guard', () => import('./pages/guard/playground.tsx')),
  page('/dashboard/guard/decisions', () => import('./pages/guard/decisions.tsx')),
  page('/dashboard/guard/sessions', () => import('./pages/guard/sessions.tsx')),
  page('/dashboard/policies', () => import('./pages/guard/policies.tsx')),
  page('/dashboard/policies/$id', () => import('./pages/guard/policy.tsx')),
  page('/dashboard/datasets', () => import('./pages/catalogue/datasets.tsx')),
  page('/dashboard/datasets/$name', () => import('./pages/catalogue/dataset.tsx')),
  page('/dashboard/attacks', () => import('./pages/catalogue/attacks.tsx')),
  page('/dashboard/attacks/$id', () => import('./pages/catalogue/attack.tsx')),
  page('/dashboard/suites', () => import('./pages/catalogue/suites.tsx')),
  page('/dashboard/detectors', () => import('./pages/catalogue/detectors.tsx')),
  page('/dashboard/judges', () => import('./pages/catalogue/judges.tsx')),
  page('/dashboard/api-keys', () => import('./pages/access/keys.tsx')),
  page('/dashboard/users', () => import('./pages/access/users.tsx')),
  page('/dashboard/projects', () => import('./pages/access/projects.tsx')),
  page('/dashboard/audit', () => import('./pages/access/audit.tsx')),
  page('/dashboard/usage', () => import('./pages/settings/usage.tsx')),
  page('/dashboard/models', () => import('./pages/settings/models.tsx')),
  page('/dashboard/settings', () => import('./pages/settings/page.tsx')),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(pages),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
