// The rates of both scans over the same tests, their difference, and whether it is more than chance.

import type { Comparison } from '../../api/shapes.ts';
import { Whisker } from '../../charts/whisker.tsx';
import { count, interval, percent } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

type Paired = Comparison['rates']['attack_success'];

const titles = {
  attack_success: 'Attack success',
  attack_success_search: 'Success of searches',
  over_refusal: 'Over-refusal',
  failure: 'Failure rate',
} as const;

const points = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;

function Difference({ paired: { difference, p } }: { readonly paired: Paired }) {
  const { value, low, high, n } = difference;
  if (value === null || low === null || high === null) return <span className="text-unknown">unknown</span>;
  return (
    <>
      {points(value)} points
      <span className="block text-xs text-soft">
        {points(low)} to {points(high)}, n {count(n)}, McNemar p {p < 0.001 ? '< 0.001' : p.toFixed(3)}
      </span>
    </>
  );
}

function Side({ rate, label }: { readonly rate: Paired['before']; readonly label: string }) {
  return (
    <Cell className="min-w-32">
      <Whisker rate={rate} label={label} />
      <span className="text-xs">
        {rate.rate === null ? (
          <span className="text-unknown">unknown</span>
        ) : (
          `${percent(rate.rate)} (${interval(rate)}, n ${count(rate.n)})`
        )}
      </span>
    </Cell>
  );
}

const tones = { worse: 'breached', better: 'held' } as const;

export function PairedRates({ comparison }: { readonly comparison: Comparison }) {
  const rows = (Object.keys(titles) as (keyof typeof titles)[]).filter((key) => comparison.rates[key].tests > 0);
  return (
    <Panel title="Rates over the same tests" flush>
      <Table
        caption="Rates over the same tests"
        columns={[
          { label: 'Rate' },
          { label: 'Before' },
          { label: 'After' },
          { label: 'Difference', kind: 'number' },
          { label: 'Conclusion' },
        ]}
      >
        {rows.map((key) => {
          const paired = comparison.rates[key];
          return (
            <Row key={key}>
              <Cell>{titles[key]}</Cell>
              <Side rate={paired.before} label={`${titles[key]} before`} />
              <Side rate={paired.after} label={`${titles[key]} after`} />
              <Cell kind="number">
                <Difference paired={paired} />
              </Cell>
              <Cell>
                <Badge tone={tones[paired.conclusion as keyof typeof tones] ?? 'unknown'}>{paired.conclusion}</Badge>
              </Cell>
            </Row>
          );
        })}
      </Table>
    </Panel>
  );
}
