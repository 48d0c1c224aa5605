// Every category as a forest plot, for each rate apart: its share of breached tests with its interval, the surest worst first.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { BreakdownGroup, ScanDetail } from '../../api/shapes.ts';
import { Whisker } from '../../charts/whisker.tsx';
import { count, FEWEST_TESTS, interval, percent } from '../../numbers.ts';
import { Field, Select } from '../../parts/field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { byKind, countedAs, rateOf } from '../../rate-kinds.ts';
import { useFilters } from '../../search.ts';
import { ScanFrame } from './scan-frame.tsx';

const groupings = [
  ['subcategory', 'Categories'],
  ['dataset', 'Datasets'],
  ['attack', 'Attacks'],
  ['variant', 'Attacks with their parameters'],
  ['severity', 'Severities'],
  ['expect', 'Expectations'],
] as const;

/** By the lower end of the interval: what is surely bad stands above what only may be. */
const surestWorstFirst = (groups: readonly BreakdownGroup[]): BreakdownGroup[] =>
  [...groups].sort(
    (a, b) => (b.failed.low ?? -1) - (a.failed.low ?? -1) || (b.failed.rate ?? -1) - (a.failed.rate ?? -1),
  );

/** The tests of a group, as filters. */
const searchOf = (group: BreakdownGroup): Record<string, string> => ({
  ...group.keys,
  rate: rateOf(group),
  role: group.role,
});

function nameOf(keys: Readonly<Record<string, string>>, names: ReadonlyMap<string, string>): string {
  return Object.entries(keys)
    .map(([key, value]) => (key === 'dataset' ? (names.get(value) ?? value) : value === '{}' ? '' : value))
    .filter(Boolean)
    .join(' / ');
}

interface KindProps {
  readonly scan: ScanDetail;
  /** What the groups measure. */
  readonly label: string;
  readonly groups: readonly BreakdownGroup[];
}

function Kind({ scan, label, groups }: KindProps) {
  const names = new Map(scan.datasets.map(({ slug, name }) => [slug, name]));
  const counted = countedAs[groups[0]?.family ?? 'attack-success'];
  return (
    <Table
      caption={`${label}: share of decided tests, ${counted.toLowerCase()}`}
      columns={[
        { label: 'Group' },
        { label: `${counted}, 0 to 100 %`, className: 'w-[40%]' },
        { label: 'Share', kind: 'number' },
        { label: 'Undecided', kind: 'number', optional: true },
      ]}
    >
      {surestWorstFirst(groups).map((group) => {
        const name = nameOf(group.keys, names);
        return (
          <Row key={JSON.stringify(group.keys)}>
            <Cell kind="free">
              <Link
                to="/dashboard/scans/$id/tests"
                params={{ id: scan.scan_id }}
                search={searchOf(group)}
                className="text-accent underline-offset-2 hover:underline"
              >
                {name}
              </Link>
            </Cell>
            <Cell className="min-w-32">
              <Whisker rate={group.failed} label={name} isThin={group.decided < FEWEST_TESTS} />
            </Cell>
            <Cell kind="number">
              {group.failed.rate === null ? <span className="text-unknown">unknown</span> : percent(group.failed.rate)}
              <span className="block text-xs text-soft">
                {interval(group.failed) ?? 'none decided'}, n {count(group.failed.n)}
              </span>
            </Cell>
            <Cell kind="number" optional>
              {count(group.tests - group.decided)}
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}

/** A table for each rate: what measures different things is never added up. */
function Groups({ scan, groups }: Pick<KindProps, 'scan' | 'groups'>) {
  if (groups.length === 0) return <Empty title="No test yet" />;
  return byKind(groups).map(({ label, groups: own }) => (
    <section key={label}>
      <h2 className="px-4 pt-4 pb-1 text-sm font-semibold">{label}</h2>
      <Kind scan={scan} label={label} groups={own} />
    </section>
  ));
}

function Categories({ scan }: { readonly scan: ScanDetail }) {
  const [search, setSearch] = useFilters();
  const by = search.by ?? 'subcategory';
  const breakdown = useQuery({
    queryKey: ['scan', scan.scan_id, 'breakdown', by],
    queryFn: async ({ signal }) =>
      (
        await ask<{ groups: BreakdownGroup[] }>(`/scans/${encodeURIComponent(scan.scan_id)}/breakdown`, {
          query: { by },
          signal,
        })
      ).groups,
  });
  return (
    <Panel
      note="Intervals are over tests (Wilson, 95 %). Hatched: fewer than 10 decided. Sorted by the lower end of the interval."
      flush
    >
      <div className="px-4 pb-2">
        <Field label="Grouped by" className="w-64">
          <Select value={by} onChange={(event) => setSearch({ by: event.target.value })}>
            {groupings.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Loaded query={breakdown} waiting={<Lines count={14} className="px-4" />}>
        {(groups) => <Groups scan={scan} groups={groups} />}
      </Loaded>
    </Panel>
  );
}

export function Page() {
  return <ScanFrame>{(scan) => <Categories scan={scan} />}</ScanFrame>;
}
