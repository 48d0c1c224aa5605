// The report of a finished scan: the headline with all it rests on, then where it comes from.
import { useQuery } from '@tanstack/react-query';
import { summaryQuery } from '../../api/scans.ts';
import type { ScanDetail, ScanSummary } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { EarlyStop } from './early-stop.tsx';
import { GuardFunnel } from './guard-funnel.tsx';
import { Headline } from './headline.tsx';
import { HeatMapPanel } from './heat-map-panel.tsx';
import { JudgePanel } from './judge-panel.tsx';
import { Manifest } from './manifest.tsx';
import { AttackScores, DatasetScores } from './scores.tsx';
import { Searches } from './searches.tsx';

function NotTested({ summary }: { readonly summary: ScanSummary }) {
  if (summary.not_tested.length === 0) return null;
  return (
    <Panel title="What was not tested" flush>
      <Table
        caption="What was not tested"
        columns={[{ label: 'Dataset' }, { label: 'Cases', kind: 'number' }, { label: 'Why' }]}
      >
        {summary.not_tested.map(({ dataset, cases, reason }) => (
          <Row key={`${dataset} ${reason}`}>
            <Cell kind="free">{dataset}</Cell>
            <Cell kind="number">{count(cases)}</Cell>
            <Cell>{reason}</Cell>
          </Row>
        ))}
      </Table>
    </Panel>
  );
}

export function Report({ scan }: { readonly scan: ScanDetail }) {
  const summary = useQuery(summaryQuery(scan.scan_id));
  return (
    <Loaded
      query={summary}
      waiting={
        <Panel>
          <Lines count={14} />
        </Panel>
      }
    >
      {(data) => (
        <div className="flex flex-col gap-4">
          <Headline scan={scan} summary={data} />
          {data.early_stop && <EarlyStop stop={data.early_stop} isGiven={data.judge.health?.is_below_floor !== true} />}
          <HeatMapPanel scan={scan} />
          <div className="grid items-start gap-4 xl:grid-cols-2">
            <DatasetScores scanId={scan.scan_id} summary={data} />
            <AttackScores scanId={scan.scan_id} summary={data} />
          </div>
          <Searches summary={data} />
          {data.guard && <GuardFunnel scanId={scan.scan_id} guard={data.guard} />}
          <JudgePanel judge={data.judge} />
          <NotTested summary={data} />
          <Manifest scan={scan} summary={data} />
        </div>
      )}
    </Loaded>
  );
}
