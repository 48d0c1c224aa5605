// Which failed tests a report shows: the worst first, one a case, and the datasets in turn, so that one bad dataset or
// one case under many attacks does not fill the page.
import { sql } from 'kysely';
import type { Store } from '../store/store.ts';

export interface WorstFindings {
  /** In the order in which they are shown. */
  readonly tests: readonly { readonly testNo: number; readonly testsOfCase: number }[];
  /** Cases with a breached or partial test, shown or not. */
  readonly casesFailed: number;
}

interface FindingRow {
  readonly test_no: number;
  readonly n: number;
}

/** At most `limit` tests of role `case`: breached before partial, then by severity. */
export async function worstFindings(store: Store, scanId: string, limit: number): Promise<WorstFindings> {
  const failed = sql`from tests where scan_id = ${scanId} and role = 'case' and outcome in ('breached', 'partial')`;
  const rows = await sql<FindingRow>`
    select test_no, n from (
      select test_no, badness, n, row_number() over (partition by dataset, badness order by test_no) as turn from (
        select test_no, dataset, badness,
          count(*) over (partition by dataset, case_id) as n,
          row_number() over (partition by dataset, case_id order by badness, test_no) as place
        from (
          select test_no, dataset, case_id,
            case outcome when 'breached' then 0 else 4 end
            + case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end as badness
          ${failed}
        ) as ranked
      ) as placed
      where place = 1
    ) as turned
    order by badness, turn, test_no
    limit ${limit}`.execute(store.db);
  const cases = await sql<{ n: number }>`
    select count(*) as n from (select 1 ${failed} group by dataset, case_id) as cases`.execute(store.db);
  return {
    tests: rows.rows.map((row) => ({ testNo: Number(row.test_no), testsOfCase: Number(row.n) })),
    casesFailed: Number(cases.rows[0]?.n ?? 0),
  };
}
