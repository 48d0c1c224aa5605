// Safety by dataset and by attack: each score with its n and interval, each a way to its rows.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScanSummary } from '../../api/shapes.ts';
import { Whisker } from '../../charts/whisker.tsx';
import { count, FEWEST_TESTS } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

interface Scored {
  readonly cases: number;
  readonly safety: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const share = (value: number | null): number | null => (value === null ? null : value / 100);

/** The cells of a row beside its name. */
const scoreCells = (label: string, score: Scored & { readonly inconclusive: number }): ReactNode[] => {
  const rate = { rate: share(score.safety), low: share(score.low), high: share(score.high), n: score.cases };
  return [
    <Cell key="scale" className="w-[34%] min-w-32">
      <Whisker rate={rate} label={`Safety, ${label}`} tone="accent" isThin={score.cases < FEWEST_TESTS} />
    </Cell>,
    <Cell key="mean" kind="number">
      {score.safety === null ? <span className="text-unknown">unknown</span> : score.safety.toFixed(1)}
      <span className="block text-xs text-soft">
        {score.low === null || score.high === null
          ? 'no decided case'
          : `${score.low.toFixed(0)} to ${score.high.toFixed(0)}, n ${count(score.cases)}`}
      </span>
    </Cell>,
    <Cell key="inconclusive" kind="number" optional>
      {count(score.inconclusive)}
    </Cell>,
  ];
};

const columns = [
  { label: 'Safety, 0 to 100' },
  { label: 'Mean', kind: 'number' },
  { label: 'Inconclusive', kind: 'number', optional: true },
] as const;

const RowLink = ({
  scanId,
  search,
  children,
}: {
  readonly scanId: string;
  readonly search: Record<string, string>;
  readonly children: ReactNode;
}) => (
  <Link
    to="/dashboard/scans/$id/tests"
    params={{ id: scanId }}
    search={search}
    className="text-accent underline-offset-2 hover:underline"
  >
    {children}
  </Link>
);

interface ScoresProps {
  readonly scanId: string;
  readonly summary: ScanSummary;
}

const worstFirst = <Item extends Scored>(items: readonly Item[]): Item[] =>
  [...items].sort((a, b) => (a.safety ?? 101) - (b.safety ?? 101));

export function DatasetScores({ scanId, summary }: ScoresProps) {
  return (
    <Panel
      title="By dataset"
      note="Share of decided cases that no test broke; a partial breach counts half. Hatched: fewer than 10 cases."
      flush
    >
      <Table caption="Safety by dataset" columns={[{ label: 'Dataset' }, ...columns]}>
        {worstFirst(summary.datasets).map((dataset) => (
          <Row key={dataset.slug}>
            <Cell kind="free">
              <RowLink scanId={scanId} search={{ dataset: dataset.slug }}>
                {dataset.name}
              </RowLink>
            </Cell>
            {scoreCells(dataset.name, dataset)}
          </Row>
        ))}
      </Table>
    </Panel>
  );
}

export function AttackScores({ scanId, summary }: ScoresProps) {
  return (
    <Panel
      title="By attack"
      note="The same over the tests of each attack. A static form is not the attack of its paper."
      flush
    >
      <Table caption="Safety by attack" columns={[{ label: 'Attack' }, ...columns]}>
        {worstFirst(summary.attacks).map((attack) => (
          <Row key={`${attack.id} ${attack.title}`}>
            <Cell>
              <RowLink scanId={scanId} search={{ attack: attack.id }}>
                {attack.title}
              </RowLink>{' '}
              {attack.fidelity === 'static' && <Badge tone="unknown">static form</Badge>}
            </Cell>
            {scoreCells(attack.title, attack)}
          </Row>
        ))}
      </Table>
    </Panel>
  );
}
