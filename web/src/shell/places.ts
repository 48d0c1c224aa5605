// The navigation as data: groups of pages in the order in which they are needed.
import type { Session } from '../api/shapes.ts';

export interface Place {
  readonly to: string;
  readonly label: string;
  /** Lit also on the pages below it. */
  readonly deep?: boolean;
  /** Shown only to whoever may use it. */
  readonly scope?: Session['scopes'][number];
}

export interface PlaceGroup {
  readonly title: string | null;
  readonly places: readonly Place[];
}

export const placeGroups: readonly PlaceGroup[] = [
  { title: null, places: [{ to: '/', label: 'Home' }] },
  {
    title: 'Scan',
    places: [
      { to: '/dashboard/scans/new', label: 'New scan', scope: 'scan' },
      { to: '/dashboard/scans', label: 'Scans' },
      { to: '/dashboard/findings', label: 'Findings' },
      { to: '/dashboard/compare', label: 'Compare' },
    ],
  },
  {
    title: 'Guard',
    places: [
      { to: '/dashboard/guard', label: 'Playground', scope: 'guard' },
      { to: '/dashboard/harden', label: 'Harden' },
      { to: '/dashboard/policies', label: 'Policies', deep: true },
      { to: '/dashboard/guard/decisions', label: 'Decisions' },
      { to: '/dashboard/guard/sessions', label: 'Sessions' },
    ],
  },
  {
    title: 'Catalogue',
    places: [
      { to: '/dashboard/datasets', label: 'Datasets', deep: true },
      { to: '/dashboard/attacks', label: 'Attacks', deep: true },
      { to: '/dashboard/suites', label: 'Suites' },
      { to: '/dashboard/detectors', label: 'Detectors' },
      { to: '/dashboard/judges', label: 'Judges' },
    ],
  },
  {
    title: 'Server',
    places: [
      { to: '/dashboard/api-keys', label: 'API keys', scope: 'admin' },
      { to: '/dashboard/users', label: 'Users', scope: 'admin' },
      { to: '/dashboard/projects', label: 'Projects' },
      { to: '/dashboard/models', label: 'Models' },
      { to: '/dashboard/usage', label: 'Usage' },
      { to: '/dashboard/audit', label: 'Audit log', scope: 'admin' },
      { to: '/dashboard/settings', label: 'Settings' },
    ],
  },
];
