// The tests that stand otherwise than before, by how they changed; each leads to both conversations.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { withParameters } from '../../../../src/reports/wording.ts';
import { ask } from '../../api/client.ts';
import type { ComparedTest, Comparison } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Outcome, Severity } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useFilters } from '../../search.ts';

const standings = [
  ['regressed', 'Regressed'],
  ['fixed', 'Fixed'],
  ['newly_inconclusive', 'Newly inconclusive'],
  ['weakened', 'Weakened'],
  ['strengthened', 'Strengthened'],
  ['newly_decided', 'Newly decided'],
  ['inconclusive_in_both', 'Undecided in both'],
  ['unchanged', 'Unchanged'],
] as const;

interface TestPage {
  readonly tests: ComparedTest[];
  readonly next: number | null;
}

function TestRows({ comparison, standing }: { readonly comparison: Comparison; readonly standing: string }) {
  const { before, after } = comparison;
  const tests = useInfiniteQuery({
    queryKey: ['comparison', before.scan_id, after.scan_id, 'tests', standing],
    initialPageParam: -1,
    queryFn: ({ pageParam, signal }) =>
      ask<TestPage>('/comparisons/tests', {
        query: { before: before.scan_id, after: after.scan_id, standing, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.next,
  });
  const rows = tests.data?.pages.flatMap((page) => page.tests) ?? [];
  if (tests.isPending) return <Lines count={5} />;
  if (tests.isError) return <Problem error={tests.error} onAgain={() => void tests.refetch()} />;
  if (rows.length === 0) return <Empty title="No test" />;
  return (
    <>
      <Table
        caption={`Tests: ${standing.replaceAll('_', ' ')}`}
        columns={[
          { label: 'Case' },
          { label: 'Attack', optional: true },
          { label: 'Severity', optional: true },
          { label: 'Before' },
          { label: 'After' },
        ]}
      >
        {rows.map((test) => (
          <Row key={test.plan_key}>
            <Cell kind="free">
              <code className="text-xs">{test.case_id}</code>
              <span className="block text-xs text-soft">{test.subcategory}</span>
            </Cell>
            <Cell optional>{withParameters(test.attack_title, test.parameters)}</Cell>
            <Cell optional>
              <Severity severity={test.severity} />
            </Cell>
            {(
              [
                [before, test.before, 'before'],
                [after, test.after, 'after'],
              ] as const
            ).map(([scan, side, word]) => (
              <Cell key={word}>
                <Link
                  to="/dashboard/scans/$id/tests/$key"
                  params={{ id: scan.scan_id, key: test.plan_key }}
                  aria-label={`${test.case_id} ${word}: ${side.outcome}`}
                >
                  <Outcome outcome={side.outcome} />
                </Link>
              </Cell>
            ))}
          </Row>
        ))}
      </Table>
      {tests.hasNextPage && (
        <div className="py-3">
          <Button disabled={tests.isFetchingNextPage} onClick={() => void tests.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

export function Standings({ comparison }: { readonly comparison: Comparison }) {
  const [search, setSearch] = useFilters();
  return (
    <Panel title="Tests by what became of them">
      <Tabs
        label="What became of the tests"
        value={search.standing ?? 'regressed'}
        onChange={(standing) => setSearch({ standing })}
        tabs={standings.map(([id, label]) => ({
          id,
          label: `${label} ${count(comparison[id])}`,
          content: <TestRows comparison={comparison} standing={id} />,
        }))}
      />
    </Panel>
  );
}
