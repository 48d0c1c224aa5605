// The tests of a scan: filters, words to look for, and a table of which only what is in sight is drawn.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ScanDetail } from '../../api/shapes.ts';
import { testFilterOf, testFilters, testsQuery } from '../../api/tests.ts';
import { count } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Problem } from '../../parts/states.tsx';
import { useFilters } from '../../search.ts';
import { ScanFrame } from '../scan/scan-frame.tsx';
import { TestFilters } from './filters.tsx';
import { TestTable } from './table.tsx';

const NoTest = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <Empty title="No test fits these filters">Take a filter away, or look for fewer words.</Empty>
  ) : (
    <Empty title="No test yet">Each is listed here once it is done.</Empty>
  );

function Tests({ scan }: { readonly scan: ScanDetail }) {
  const [search] = useFilters();
  const tests = useInfiniteQuery(testsQuery(scan.scan_id, testFilterOf(search)));
  const rows = tests.data?.pages.flatMap((page) => page.tests) ?? [];
  const total = tests.data?.pages[0]?.total ?? null;
  return (
    <Panel flush>
      <TestFilters scan={scan} />
      <p className="px-4 pb-2 text-xs text-soft" role="status">
        {tests.data === undefined
          ? 'Looking ...'
          : total === null
            ? `${count(rows.length)} tests`
            : `${count(total)} ${total === 1 ? 'test fits' : 'tests fit'}`}
      </p>
      {tests.isError && (
        <div className="px-4 pb-3">
          <Problem error={tests.error} onAgain={() => void tests.refetch()} />
        </div>
      )}
      {tests.isPending && <Lines count={12} className="px-4" />}
      {tests.data && rows.length === 0 && <NoTest isFiltered={testFilters.some((key) => search[key])} />}
      {rows.length > 0 && (
        <TestTable
          scanId={scan.scan_id}
          rows={rows}
          total={total ?? rows.length}
          isOld={tests.isPlaceholderData}
          onEnd={() => tests.hasNextPage && !tests.isFetchingNextPage && void tests.fetchNextPage()}
        />
      )}
    </Panel>
  );
}

export function Page() {
  return <ScanFrame>{(scan) => <Tests scan={scan} />}</ScanFrame>;
}
