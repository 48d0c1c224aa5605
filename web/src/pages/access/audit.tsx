// Who did what in the project, the newest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { AuditEntry } from '../../api/shapes.ts';
import { Button } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

interface AuditPage {
  readonly entries: AuditEntry[];
  readonly next: string | null;
}

export function Page() {
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => ask<AuditPage>('/audit', { query: { before: pageParam }, signal }),
    getNextPageParam: (last) => last.next,
  });
  const rows = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <PageHead
        title="Audit log"
        note="Who did what in this project. What was done to users stands in the default project."
      />
      <Panel flush>
        {audit.isPending && <Lines count={10} className="px-4" />}
        {audit.isError && <Problem error={audit.error} onAgain={() => void audit.refetch()} />}
        {audit.data && rows.length === 0 && <Empty title="Nothing was done yet that is kept here" />}
        {rows.length > 0 && (
          <Table caption="Audit log" columns={[{ label: 'When' }, { label: 'Who' }, { label: 'Did' }, { label: 'To' }]}>
            {rows.map((entry) => (
              <Row key={entry.id}>
                <Cell>
                  <Time at={entry.at} />
                </Cell>
                <Cell kind="free">{entry.actor}</Cell>
                <Cell>
                  <code className="text-xs">{entry.action}</code>
                </Cell>
                <Cell kind="free">{entry.subject}</Cell>
              </Row>
            ))}
          </Table>
        )}
        {audit.hasNextPage && (
          <div className="p-4">
            <Button disabled={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
    </>
  );
}
