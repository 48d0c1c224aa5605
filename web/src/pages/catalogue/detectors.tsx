// What the guard can look for.
import { useQuery } from '@tanstack/react-query';
import { detectorsQuery } from '../../api/catalogue.ts';
import { Badge } from '../../parts/badge.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

export function Page() {
  const detectors = useQuery(detectorsQuery);
  return (
    <>
      <PageHead
        title="Detectors"
        note="Each scores a text from 0 to 1; what follows from a score is for policies to say. Asked in the order of their cost."
      />
      <Panel flush>
        <Loaded query={detectors} waiting={<Lines count={13} className="px-4" />}>
          {(entries) => (
            <Table
              caption="Detectors"
              columns={[
                { label: 'Detector' },
                { label: 'Finds' },
                { label: 'Cost', optional: true },
                { label: 'Threshold', kind: 'number' },
                { label: 'Takes', optional: true },
              ]}
            >
              {entries.map((entry) => (
                <Row key={entry.id}>
                  <Cell>
                    <span className="font-medium">{entry.title}</span>
                    <span className="block font-mono text-xs text-soft">{entry.id}</span>
                    {entry.experimental && <Badge tone="unknown">experimental: no measured accuracy</Badge>}
                  </Cell>
                  <Cell>{entry.summary}</Cell>
                  <Cell optional>{entry.cost}</Cell>
                  <Cell kind="number">{entry.threshold.toFixed(2)}</Cell>
                  <Cell optional className="text-soft">
                    {entry.reference === null
                      ? 'nothing'
                      : `${entry.reference}${entry.needs_reference ? ' (needed)' : ''}`}
                  </Cell>
                </Row>
              ))}
            </Table>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
