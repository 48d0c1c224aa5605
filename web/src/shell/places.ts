// The navigation as data: groups of pages in the order in which they are needed.
export interface Place {
  readonly to: string;
  readonly label: string;
  /** Lit also on the pages below it. */
  readonly deep?: boolean;
}

export interface PlaceGroup {
  readonly title: string | null;
  readonly places: readonly Place[];
}

export const placeGroups: readonly PlaceGroup[] = [
  { title: null, places: [{ to: '/', label: 'Home' }] },
  {
    title: 'Guard',
    places: [
      { to: '/dashboard/guard', label: 'Playground' },
      { to: '/dashboard/guard/decisions', label: 'Decisions' },
    ],
  },
  {
    title: 'Catalogue',
    places: [
      { to: '/dashboard/datasets', label: 'Datasets', deep: true },
      { to: '/dashboard/attacks', label: 'Attacks', deep: true },
      { to: '/dashboard/suites', label: 'Suites' },
      { to: '/dashboard/detectors', label: 'Detectors' },
    ],
  },
];
