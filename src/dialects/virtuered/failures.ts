// Failed tests of a finished scan, by the dataset's name, worst first: for the summary of either API.
import { attackLabel } from '../../reports/wording.ts';
import type { Summary } from '../../scan/summarise.ts';
import { worstTests } from '../../store/aggregates.ts';
import { testsByNumber } from '../../store/results.ts';
import { openTest } from '../../store/stored-test.ts';
import type { DialectServices } from '../dialect.ts';
import { type DatasetFailures, failureOf, MOST_FAILURES } from './summary.ts';

export async function failuresOf(
  { store, vault }: Pick<DialectServices, 'store' | 'vault'>,
  summary: Summary,
): Promise<Map<string, DatasetFailures>> {
  const labels = new Map(summary.attacks.map(({ id, title, fidelity }) => [id, attackLabel(title, fidelity)]));
  const failures = new Map<string, DatasetFailures>();
  for (const dataset of summary.datasets) {
    const { testNumbers, total } = await worstTests(store, summary.scan_id, dataset.slug, MOST_FAILURES);
    if (total === 0) continue;
    const rows = await testsByNumber(store, summary.scan_id, testNumbers);
    const entries = rows.map((row) => failureOf(openTest(vault, row), labels.get(row.attack) ?? row.attack));
    failures.set(dataset.name, { failures: entries, total });
  }
  return failures;
}
