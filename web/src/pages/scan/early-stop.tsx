// Where a scan ended that did not run to its end: how well each category is known, and how that is to be read.
import type { ScanSummary } from '../../api/shapes.ts';
import { Whisker } from '../../charts/whisker.tsx';
import { count, interval, percent } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { kindLabel } from '../../rate-kinds.ts';

type Stop = NonNullable<ScanSummary['early_stop']>;

const beside = { case: '', twin: ' (harmless)', control: ' (controls of searches)' } as const;

type Category = Stop['categories'][number];

const halfOf = ({ low, high }: Category['breached']): number | null =>
  low === null || high === null ? null : (high - low) / 2;

const widthText = (half: number | null): string => (half === null ? '-' : `±${(half * 100).toFixed(1)}`);

interface RateRowProps {
  readonly name: string;
  readonly tests: string;
  readonly breached: Category['breached'];
  readonly half: number | null;
  readonly isGiven: boolean;
  /** Where the tests belong to several rates. */
  readonly isMixed?: boolean;
}

function RateRow({ name, tests, breached, half, isGiven, isMixed = false }: RateRowProps) {
  return (
    <Row>
      <Cell kind="free">{name}</Cell>
      <Cell kind="number">{tests}</Cell>
      <Cell className="min-w-32" optional>
        {isGiven && !isMixed && <Whisker rate={breached} label={`${name}, breached`} />}
      </Cell>
      <Cell kind="number">
        {isMixed && isGiven ? (
          `${count(breached.k)} of ${count(breached.n)}, no common rate`
        ) : breached.rate === null || !isGiven ? (
          <span className="text-unknown">{isGiven ? 'not measured' : 'not given'}</span>
        ) : (
          <>
            {percent(breached.rate)} of {count(breached.n)}
            <span className="block text-xs text-soft">{interval(breached)}</span>
          </>
        )}
      </Cell>
      <Cell kind="number">{isGiven ? widthText(half) : '-'}</Cell>
    </Row>
  );
}

interface CategoryRowsProps {
  readonly category: Category;
  readonly isGiven: boolean;
}

/** A row; where the tests belong to several rates, one more for each of them. Older summaries name no rates. */
function CategoryRows({ category, isGiven }: CategoryRowsProps) {
  const { role, run, planned, breached, half_width: half = halfOf(breached), rates = [] } = category;
  const name = `${category.name}${beside[role]}`;
  const isMixed = rates.length > 1;
  return (
    <>
      <RateRow name={name} tests={`${count(run)} of ${count(planned)}`} {...{ breached, half, isGiven, isMixed }} />
      {isMixed &&
        isGiven &&
        rates.map((each) => (
          <RateRow
            key={kindLabel(each)}
            name={`${name}: ${kindLabel(each)}`}
            tests=""
            breached={each.breached}
            half={halfOf(each.breached)}
            isGiven
          />
        ))}
    </>
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
          <CategoryRows key={`${category.role} ${category.slug}`} category={category} isGiven={isGiven} />
        ))}
      </Table>
    </Panel>
  );
}
