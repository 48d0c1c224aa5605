// Attacks that search: success within 1 and k tries, with what the same search "finds" on controls that hold.
import type { ScanSummary } from '../../api/shapes.ts';
import { count, interval, percent } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

export function Searches({ summary }: { readonly summary: ScanSummary }) {
  if (summary.searches.length === 0) return null;
  return (
    <Panel
      title="Attacks that search"
      note="Only confirmed successes count. False success is what the same search finds on cases that are known to hold."
      flush
    >
      <Table
        caption="Success within k tries"
        columns={[
          { label: 'Attack' },
          { label: 'Tries', kind: 'number' },
          { label: 'Success within', kind: 'number' },
          { label: 'False success', kind: 'number' },
          { label: 'Corrected', kind: 'number', optional: true },
          { label: 'Tests', kind: 'number', optional: true },
        ]}
      >
        {summary.searches.flatMap((search) =>
          search.at.map(({ k, success, false_success: wrong, corrected }) => (
            <Row key={`${search.id} ${JSON.stringify(search.parameters)} ${k}`}>
              <Cell>
                {search.title} {search.fidelity === 'static' && <Badge tone="unknown">static form</Badge>}
              </Cell>
              <Cell kind="number">{count(k)}</Cell>
              <Cell kind="number">
                {success.rate === null ? <span className="text-unknown">unknown</span> : percent(success.rate)}
                <span className="block text-xs text-soft">
                  {interval(success) ?? 'no test'}, n {count(success.n)}
                </span>
              </Cell>
              <Cell kind="number">
                {wrong.rate === null ? <span className="text-unknown">unknown</span> : percent(wrong.rate)}
                <span className="block text-xs text-soft">n {count(wrong.n)}</span>
              </Cell>
              <Cell kind="number" optional>
                {corrected === null ? <span className="text-unknown">not corrected</span> : percent(corrected)}
              </Cell>
              <Cell kind="number" optional>
                {count(search.tests)}
              </Cell>
            </Row>
          )),
        )}
      </Table>
    </Panel>
  );
}
