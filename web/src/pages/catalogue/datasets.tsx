// Datasets: those that ship, a project's own, and the way in for one more.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { datasetsQuery } from '../../api/catalogue.ts';
import { count } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Upload } from './upload.tsx';

export function Page() {
  const datasets = useQuery(datasetsQuery);
  return (
    <>
      <PageHead title="Datasets" note="Named sets of requests, each with what a safe answer looks like." />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel flush>
          <Loaded query={datasets} waiting={<Lines count={14} className="px-4" />}>
            {(entries) => (
              <Table
                caption="Datasets"
                columns={[
                  { label: 'Dataset' },
                  { label: 'Cases', kind: 'number' },
                  { label: 'Version', optional: true },
                  { label: 'Origin' },
                ]}
              >
                {entries.map((entry) => (
                  <Row key={entry.slug}>
                    <Cell kind="free">
                      <Link
                        to="/dashboard/datasets/$name"
                        params={{ name: entry.slug }}
                        className="font-medium text-accent underline-offset-2 hover:underline"
                      >
                        {entry.name}
                      </Link>
                    </Cell>
                    <Cell kind="number">{count(entry.cases)}</Cell>
                    <Cell optional className="text-soft">
                      {entry.version}
                    </Cell>
                    <Cell>
                      {entry.origin === 'own' ? (
                        <Badge tone="accent">own</Badge>
                      ) : (
                        <span className="text-soft">ships with Redoubt</span>
                      )}
                    </Cell>
                  </Row>
                ))}
              </Table>
            )}
          </Loaded>
        </Panel>
        <Upload />
      </div>
    </>
  );
}
