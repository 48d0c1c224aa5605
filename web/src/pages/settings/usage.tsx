// What the project has used: finished scans by month, and what is stored of them.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { Usage } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Figure } from '../../parts/figure.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

const monthName = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });

function Months({ usage }: { readonly usage: Usage }) {
  const most = Math.max(1, ...usage.by_month.map(({ finished_scans: n }) => n));
  if (usage.by_month.length === 0) return <Empty title="No scan has finished yet" />;
  return (
    <Table
      caption="Finished scans by month"
      columns={[
        { label: 'Month (UTC)' },
        { label: 'Finished scans', kind: 'number' },
        { label: 'Share of the busiest', className: 'w-1/2' },
      ]}
    >
      {[...usage.by_month].reverse().map(({ month, finished_scans: n }) => (
        <Row key={month}>
          <Cell>{monthName.format(new Date(`${month}-01T00:00:00Z`))}</Cell>
          <Cell kind="number">{count(n)}</Cell>
          <Cell>
            <span
              className="block h-3 rounded-sm bg-accent"
              style={{ width: `${(100 * n) / most}%` }}
              aria-hidden="true"
            />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

export function Page() {
  const usage = useQuery({ queryKey: ['usage'], queryFn: ({ signal }) => ask<Usage>('/usage', { signal }) });
  return (
    <>
      <PageHead title="Usage" note="Of this project. Nothing is sent anywhere; this is for you alone." />
      <Loaded
        query={usage}
        waiting={
          <Panel>
            <Lines count={8} />
          </Panel>
        }
      >
        {(data) => (
          <div className="flex flex-col gap-4">
            <Panel>
              <div className="grid gap-6 sm:grid-cols-4">
                <Figure title="Finished scans" value={count(data.finished_scans)} note="also those deleted since" />
                <Figure title="Stored scans" value={count(data.stored.scans)} />
                <Figure title="Stored tests" value={count(data.stored.tests)} />
                <Figure title="Calls of stored scans" value={count(data.stored.calls)} />
              </div>
            </Panel>
            <Panel flush>
              <Months usage={data} />
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}
