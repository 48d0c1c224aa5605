// Every page of the dashboard by name and address: for the pictures and for the tests that go through all of them.
export interface Place {
  readonly name: string;
  readonly path: string;
}

export const places: readonly Place[] = [
  { name: 'home', path: '/' },
  { name: 'playground', path: '/dashboard/guard' },
  { name: 'decisions', path: '/dashboard/guard/decisions' },
  { name: 'datasets', path: '/dashboard/datasets' },
  { name: 'dataset', path: '/dashboard/datasets/healthcare-risks' },
  { name: 'attacks', path: '/dashboard/attacks' },
  { name: 'attack', path: '/dashboard/attacks/flip' },
  { name: 'suites', path: '/dashboard/suites' },
  { name: 'detectors', path: '/dashboard/detectors' },
  { name: 'not-found', path: '/dashboard/nothing' },
];
