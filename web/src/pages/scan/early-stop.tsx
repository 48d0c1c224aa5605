// Where a scan ended that did not run to its end: how well each category is known, and how that is to be read.
import type { ScanSummary } from '../../api/shapes.ts';
import { Whisker } from '../../charts/whisker.tsx';
import { count, interval, percent } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';

type Stop = NonNullable<ScanSummary['early_stop']>;

const beside = { case: '', twin: ' (harmless)', control: ' (controls of searches)' } as const;

const halfWidth = ({ low, high }: Stop['categories'][number]['breached']): string =>
  low === null || high === null ? '-' : `±${((high - low) * 50).toFixed(1)}`;

interface CategoryRowProps {
  readonly category: Stop['categories'][number];
  readonly isGiven: boolean;
}

function CategoryRow({ category, isGiven }: CategoryRowProps) {
  const { name, role, run, planned, breached } = category;
  return (
    <Row>
      <Cell>
        {name}
        {beside[role]}
      </Cell>
      <Cell kind="number">
        {count(run)} of {count(planned)}
      </Cell>
      <Cell className="min-w-32" optional>
        {isGiven && <Whisker rate={breached} label={`${name}, breached`} />}
      </Cell>
      <Cell kind="number">
        {breached.rate === null || !isGiven ? (
          <span className="text-unknown">{isGiven ? 'not measured' : 'not given'}</span>
        ) : (
          <>
            {percent(breached.rate)} of {count(breached.n)}
            <span className="block text-xs text-soft">{interval(breached)}</span>
          </>
        )}
      </Cell>
      <Cell kind="number">{isGiven ? halfWidth(breached) : '-'}</Cell>
    </Row>
  );
}

/** `isGiven`: whether the judge is to be believed; else no rate is given. */
export function EarlyStop({ stop, isGiven }: { readonly stop: Stop; readonly isGiven: boolean }) {
  return (
    <Panel title="Where it ended" flush>
      <div className="flex max-w-3xl flex-col gap-1 px-4 pb-2 text-sm">
        {stop.meaning.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <Table
        caption="Where it ended"
        columns={[
          { label: 'Category' },
          { label: 'Tests run', kind: 'number' },
          { label: '0 to 100 %', optional: true },
          { label: 'Breached', kind: 'number' },
          { label: 'Half width, points', kind: 'number' },
        ]}
      >
        {stop.categories.map((category) => (
          <CategoryRow key={`${category.role} ${category.slug}`} category={category} isGiven={isGiven} />
        ))}
      </Table>
    </Panel>
  );
}
