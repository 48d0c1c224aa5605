// All scans of the project, newest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { scansQuery } from '../../api/scans.ts';
import type { Scan } from '../../api/shapes.ts';
import { count, interval, percent } from '../../numbers.ts';
import { Badge, Status } from '../../parts/badge.tsx';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { useFilters } from '../../search.ts';
import { StartDemo } from './start-demo.tsx';

const statuses = ['Initializing', 'Scanning', 'Paused', 'Finished', 'Failed', 'Error'] as const;

function Headline({ scan }: { readonly scan: Scan }) {
  if (scan.headline === null)
    return (
      <span className="text-soft">
        {`${count(scan.done)} of ${count(scan.planned)} tests run (${Math.floor(scan.percentage)} %)`}
      </span>
    );
  const { attack_success: rate, judge_below_floor: isOff } = scan.headline;
  if (isOff || rate.rate === null)
    return <span className="text-unknown">{isOff ? 'judge below the floor' : 'not measured'}</span>;
  return (
    <>
      <span className="font-medium">{percent(rate.rate)}</span>
      <span className="block text-xs text-soft">
        {interval(rate)}, n {count(rate.n)}
      </span>
    </>
  );
}

function ScanRow({ scan }: { readonly scan: Scan }) {
  return (
    <Row>
      <Cell kind="free">
        <Link
          to="/dashboard/scans/$id"
          params={{ id: scan.scan_id }}
          className="font-medium text-accent underline-offset-2 hover:underline"
        >
          {scan.name}
        </Link>
        <span className="block text-xs text-soft">
          {scan.target.model} {scan.simulated && <Badge tone="accent">simulated target</Badge>}
        </span>
      </Cell>
      <Cell>
        <Status status={scan.status} />
      </Cell>
      <Cell kind="number">
        <Headline scan={scan} />
      </Cell>
      <Cell kind="number" optional>
        {count(scan.planned)}
      </Cell>
      <Cell optional>{scan.preset}</Cell>
      <Cell optional>
        <Time at={scan.created_at} />
        <span className="block text-xs text-soft">{scan.created_by}</span>
      </Cell>
    </Row>
  );
}

function Filters() {
  const [search, setSearch] = useFilters();
  return (
    <div className="flex flex-wrap gap-3 p-4 pb-2">
      <Field label="Name" className="w-60">
        <TextInput
          type="search"
          value={search.text ?? ''}
          onChange={(event) => setSearch({ text: event.target.value })}
        />
      </Field>
      <Field label="Status" className="w-40">
        <Select value={search.status ?? ''} onChange={(event) => setSearch({ status: event.target.value })}>
          <option value="">all</option>
          {statuses.map((status) => (
            <option key={status}>{status}</option>
          ))}
        </Select>
      </Field>
    </div>
  );
}

export function Page() {
  const [{ text, status, target }] = useFilters();
  const scans = useInfiniteQuery(scansQuery({ text, status, target }));
  const rows = scans.data?.pages.flatMap((page) => page.scans) ?? [];
  const isFiltered = Boolean(text || status || target);
  return (
    <>
      <PageHead
        title="Scans"
        tools={
          <LinkButton to="/dashboard/scans/new" kind="main">
            New scan
          </LinkButton>
        }
      />
      <Panel flush>
        <Filters />
        {scans.isPending && <Lines count={8} className="px-4" />}
        {scans.isError && <Problem error={scans.error} onAgain={() => void scans.refetch()} />}
        {scans.data && rows.length === 0 && (isFiltered ? <Empty title="No scan fits these filters" /> : <NoScans />)}
        {rows.length > 0 && (
          <Table
            caption="Scans"
            columns={[
              { label: 'Scan' },
              { label: 'Status' },
              { label: 'Attack success', kind: 'number' },
              { label: 'Tests', kind: 'number', optional: true },
              { label: 'Preset', optional: true },
              { label: 'Started', optional: true },
            ]}
          >
            {rows.map((scan) => (
              <ScanRow key={scan.scan_id} scan={scan} />
            ))}
          </Table>
        )}
        {scans.hasNextPage && (
          <div className="p-4">
            <Button disabled={scans.isFetchingNextPage} onClick={() => void scans.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
    </>
  );
}

function NoScans() {
  return (
    <Empty
      title="No scan yet"
      tools={
        <>
          <StartDemo />
          <LinkButton to="/dashboard/scans/new">Scan my model</LinkButton>
        </>
      }
    >
      The demo scan asks a simulated target and is done within a minute; for your own model you need its base URL and
      key.
    </Empty>
  );
}
