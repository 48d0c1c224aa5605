// Every page of the dashboard by name and address: for the pictures and for the tests that go through all of them.
export interface Place {
  readonly name: string;
  /** {scan}, {other} and {test} stand for what the server holds. */
  readonly path: string;
}

export const places: readonly Place[] = [
  { name: 'home', path: '/' },
  { name: 'scans', path: '/dashboard/scans' },
  { name: 'new-scan', path: '/dashboard/scans/new?kind=simulated' },
  { name: 'report', path: '/dashboard/scans/{scan}' },
  { name: 'report-ended-early', path: '/dashboard/scans/{other}' },
  { name: 'tests', path: '/dashboard/scans/{scan}/tests' },
  { name: 'test', path: '/dashboard/scans/{scan}/tests/{test}' },
  { name: 'categories', path: '/dashboard/scans/{scan}/categories' },
  { name: 'frameworks', path: '/dashboard/scans/{scan}/frameworks' },
  { name: 'compare', path: '/dashboard/compare?before={scan}&after={other}' },
  { name: 'findings', path: '/dashboard/findings' },
  { name: 'harden', path: '/dashboard/harden?scan={scan}' },
  { name: 'playground', path: '/dashboard/guard' },
  { name: 'policies', path: '/dashboard/policies' },
  { name: 'policy', path: '/dashboard/policies/invoices' },
  { name: 'decisions', path: '/dashboard/guard/decisions' },
  { name: 'sessions', path: '/dashboard/guard/sessions' },
  { name: 'datasets', path: '/dashboard/datasets' },
  { name: 'dataset', path: '/dashboard/datasets/healthcare-risks' },
  { name: 'attacks', path: '/dashboard/attacks' },
  { name: 'attack', path: '/dashboard/attacks/flip' },
  { name: 'suites', path: '/dashboard/suites' },
  { name: 'detectors', path: '/dashboard/detectors' },
  { name: 'judges', path: '/dashboard/judges' },
  { name: 'api-keys', path: '/dashboard/api-keys' },
  { name: 'users', path: '/dashboard/users' },
  { name: 'projects', path: '/dashboard/projects' },
  { name: 'models', path: '/dashboard/models' },
  { name: 'usage', path: '/dashboard/usage' },
  { name: 'audit', path: '/dashboard/audit' },
  { name: 'settings', path: '/dashboard/settings' },
  { name: 'not-found', path: '/dashboard/nothing' },
];
