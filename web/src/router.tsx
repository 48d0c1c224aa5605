// Every page and its address. A page's code is fetched when it is first looked at.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
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

// biome-ignore format: one line a page
const pages = [
  createRoute({ getParentRoute: parent, path: '/', component: lazyRouteComponent(() => import('./pages/home/page.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard', component: lazyRouteComponent(() => import('./pages/home/page.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/guard', component: lazyRouteComponent(() => import('./pages/guard/playground.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/guard/decisions', component: lazyRouteComponent(() => import('./pages/guard/decisions.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/datasets', component: lazyRouteComponent(() => import('./pages/catalogue/datasets.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/datasets/$name', component: lazyRouteComponent(() => import('./pages/catalogue/dataset.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/attacks', component: lazyRouteComponent(() => import('./pages/catalogue/attacks.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/attacks/$id', component: lazyRouteComponent(() => import('./pages/catalogue/attack.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/suites', component: lazyRouteComponent(() => import('./pages/catalogue/suites.tsx'), 'Page') }),
  createRoute({ getParentRoute: parent, path: '/dashboard/detectors', component: lazyRouteComponent(() => import('./pages/catalogue/detectors.tsx'), 'Page') }),
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
