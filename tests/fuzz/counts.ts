// What a run of schemathesis did, read from its report of one JSON object a line.

interface Interaction {
  readonly response?: { readonly status_code?: number } | null;
}

interface Check {
  readonly name?: string;
  readonly status?: string;
}

interface Recorder {
  readonly label?: string;
  readonly interactions?: Readonly<Record<string, Interaction>>;
  readonly checks?: Readonly<Record<string, readonly Check[]>>;
}

export interface FuzzCounts {
  readonly operations: number;
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Failed checks by operation and check. */
  readonly failures: Readonly<Record<string, number>>;
}

/** How often each name stands in the list. */
function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const recorderIn = (line: string): Recorder =>
  (JSON.parse(line) as { ScenarioFinished: { recorder: Recorder } }).ScenarioFinished.recorder;

const failedIn = ({ label, checks }: Recorder): string[] =>
  Object.values(checks ?? {})
    .flat()
    .flatMap(({ name, status }) => (status === 'failure' ? [`${label}: ${name}`] : []));

export function countsIn(report: string): FuzzCounts {
  const recorders = report
    .split('\n')
    .filter((line) => line.includes('"ScenarioFinished"'))
    .map(recorderIn);
  const statuses = recorders.flatMap(({ interactions }) =>
    Object.values(interactions ?? {}).map(({ response }) => String(response?.status_code ?? 'none')),
  );
  return {
    operations: new Set(recorders.map(({ label }) => label)).size,
    requests: statuses.length,
    byStatus: tally(statuses),
    failures: tally(recorders.flatMap(failedIn)),
  };
}

export function printCounts({ operations, requests, byStatus, failures }: FuzzCounts): void {
  console.log(`${requests} requests to ${operations} operations`);
  for (const [status, n] of Object.entries(byStatus).sort()) console.log(`  ${status}: ${n}`);
  const broken = Object.entries(failures);
  console.log(broken.length === 0 ? 'No 5xx, no answer outside its schema.' : 'Failed checks:');
  for (const [name, n] of broken) console.log(`  ${n} x ${name}`);
}
