// The migrations in order; a new one is a file and a line, then `npm run schema`.
import type { Migration } from 'kysely/migration';
import { type ColumnTypes, foundation } from './0001-foundation.ts';
import { searches } from './0002-searches.ts';
import { judging } from './0003-judging.ts';
import { marks } from './0004-marks.ts';
import { guard } from './0005-guard.ts';
import { guardedScans } from './0006-guarded-scans.ts';
import { access } from './0007-access.ts';
import { idempotencyKeys } from './0008-idempotency-keys.ts';
import { testSearch } from './0009-test-search.ts';
import { findings } from './0010-findings.ts';
import { workers } from './0011-workers.ts';
import { hardenings } from './0013-hardenings.ts';
import { spending } from './0014-spending.ts';
import { failedSteps } from './0015-failed-steps.ts';
import { writing } from './0016-writing.ts';

export const migrations = (types: ColumnTypes): Record<string, Migration> => ({
  '0001-foundation': foundation(types),
  '0002-searches': searches(types),
  '0003-judging': judging(types),
  '0004-marks': marks(types),
  '0005-guard': guard(types),
  '0006-guarded-scans': guardedScans(types),
  '0007-access': access(types),
  '0008-idempotency-keys': idempotencyKeys(types),
  '0009-test-search': testSearch(types),
  '0010-findings': findings(types),
  '0011-workers': workers(types),
  '0013-hardenings': hardenings(types),
  '0014-spending': spending(types),
  '0015-failed-steps': failedSteps(types),
  '0016-writing': writing(),
});
