// Everything that is wrong with a folder of datasets, one sentence a fault: what `datasets:check` and a test ask for.
import { checkCollection, checkDataset } from './dataset-collection.ts';
import type { ReadFolder } from './dataset-files.ts';
import { checkCase, checkSeverityShare, findDoubleIds, findNearCopies } from './dataset-rules.ts';

export function faultsOf({ datasets, faults }: ReadFolder): string[] {
  const cases = datasets.flatMap((dataset) => dataset.cases);
  return [
    ...faults,
    ...cases.flatMap(checkCase),
    ...[...findDoubleIds(cases), ...checkSeverityShare(cases), ...findNearCopies(cases)],
    ...datasets.flatMap(checkDataset),
    ...checkCollection(datasets),
  ];
}
