// Two scans against one another over the tests that both ran: what changed, and whether it is chance.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import { scanQuery, scansQuery } from '../../api/scans.ts';
import type { Comparison } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SimulatedNotice } from '../../parts/simulated.tsx';
import { Empty, Lines, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { useFilters } from '../../search.ts';
import { PairedRates } from './paired-rates.tsx';
import { Standings } from './standings.tsx';

function Choice({ name, label }: { readonly name: 'before' | 'after'; readonly label: string }) {
  const [search, setSearch] = useFilters();
  const scans = useInfiniteQuery(scansQuery({ status: 'Finished', limit: 200 }));
  const rows = scans.data?.pages.flatMap((page) => page.scans) ?? [];
  const chosen = search[name] ?? '';
  const isListed = chosen === '' || rows.some(({ scan_id }) => scan_id === chosen);
  const named = useQuery({ ...scanQuery(chosen), enabled: !isListed && scans.isSuccess });
  return (
    <Field label={label} className="w-96 max-w-full">
      <Select value={chosen} onChange={(event) => setSearch({ [name]: event.target.value })}>
        <option value="">choose a finished scan</option>
        {!isListed && (
          <option value={chosen}>{named.data ? `${named.data.name} (${named.data.status})` : chosen}</option>
        )}
        {rows.map(({ scan_id, name: shown, target }) => (
          <option key={scan_id} value={scan_id}>{`${shown} (${target.model})`}</option>
        ))}
      </Select>
    </Field>
  );
}

function Changes({ comparison }: { readonly comparison: Comparison }) {
  const { changes, left_out: leftOut, only_before: before, only_after: after } = comparison;
  return (
    <Panel title="What changed in the setting" flush>
      {changes.length === 0 && <p className="px-4 pb-2 text-soft">Nothing: the same target, judge and datasets.</p>}
      {changes.length > 0 && (
        <Table
          caption="What changed in the setting"
          columns={[{ label: 'What' }, { label: 'Before' }, { label: 'After' }]}
        >
          {changes.map((change) => (
            <Row key={change.what}>
              <Cell kind="free">{change.what}</Cell>
              <Cell kind="free">{change.before}</Cell>
              <Cell kind="free">{change.after}</Cell>
            </Row>
          ))}
        </Table>
      )}
      <p className="px-4 pt-2 pb-3 text-xs text-soft">
        Both ran {count(comparison.tests)} tests; {count(before)} only before, {count(after)} only after.
        {leftOut.map(({ dataset, reason }) => ` ${dataset} is left out: ${reason}.`)}
      </p>
    </Panel>
  );
}

function Result({ comparison }: { readonly comparison: Comparison }) {
  const { before, after, conclusion, doubts } = comparison;
  return (
    <>
      {(before.simulated || after.simulated) && <SimulatedNotice />}
      <Panel>
        <p className="flex flex-wrap items-baseline gap-2 text-lg font-semibold">
          <Badge tone={conclusion === 'worse' ? 'breached' : conclusion === 'better' ? 'held' : 'unknown'}>
            {conclusion}
          </Badge>
          over attack success
        </p>
        {doubts.map((doubt) => (
          <p key={doubt} className="mt-2 rounded-md border border-partial bg-partial-tint px-3 py-2">
            {doubt}
          </p>
        ))}
        <div className="mt-3 grid gap-3 sm:grid-cols-2">
          {(
            [
              ['Before', before],
              ['After', after],
            ] as const
          ).map(([label, scan]) => (
            <p key={label} className="min-w-0 [overflow-wrap:anywhere]">
              <span className="text-xs text-soft">{label}</span>
              <br />
              <Link
                to="/dashboard/scans/$id"
                params={{ id: scan.scan_id }}
                className="text-accent underline-offset-2 hover:underline"
              >
                {scan.name}
              </Link>
              <span className="block text-xs text-soft">
                {scan.model}, <Time at={scan.ended_at} none="not ended" />
              </span>
            </p>
          ))}
        </div>
      </Panel>
      <PairedRates comparison={comparison} />
      <Standings comparison={comparison} />
      <Changes comparison={comparison} />
    </>
  );
}

export function Page() {
  const [{ before, after }] = useFilters();
  const comparison = useQuery({
    queryKey: ['comparison', before, after],
    queryFn: ({ signal }) => ask<Comparison>('/comparisons', { query: { before, after }, signal }),
    enabled: Boolean(before && after),
  });
  return (
    <>
      <PageHead title="Compare" note="Only tests that both scans ran, one by one: the difference is paired." />
      <div className="flex flex-col gap-4">
        <Panel>
          <div className="flex flex-wrap gap-4">
            <Choice name="before" label="Before" />
            <Choice name="after" label="After" />
          </div>
        </Panel>
        {!(before && after) && (
          <Panel>
            <Empty title="Choose two scans">For example before and after a new system prompt, model or guard.</Empty>
          </Panel>
        )}
        {comparison.isLoading && (
          <Panel>
            <Lines count={10} />
          </Panel>
        )}
        {comparison.isError && <Problem error={comparison.error} onAgain={() => void comparison.refetch()} />}
        {comparison.data && <Result comparison={comparison.data} />}
      </div>
    </>
  );
}
