// What stands above every view of a scan: its name, how it stands, what can be done, the views.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { scanQuery } from '../../api/scans.ts';
import type { ScanDetail } from '../../api/shapes.ts';
import { Status } from '../../parts/badge.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { SimulatedNotice } from '../../parts/simulated.tsx';
import { Lines, Problem } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { NotFound } from '../not-found.tsx';
import { ScanTools } from './scan-tools.tsx';

const views = [
  { to: '/dashboard/scans/$id', label: 'Overview', exact: true },
  { to: '/dashboard/scans/$id/tests', label: 'Tests', exact: false },
  { to: '/dashboard/scans/$id/categories', label: 'Categories', exact: false },
  { to: '/dashboard/scans/$id/frameworks', label: 'Frameworks', exact: false },
] as const;

function Views({ id }: { readonly id: string }) {
  return (
    <nav aria-label="Views of this scan" className="mb-4 flex gap-1 overflow-x-auto border-b border-hair">
      {views.map(({ to, label, exact }) => (
        <Link
          key={to}
          to={to}
          params={{ id }}
          activeOptions={{ exact, includeSearch: false }}
          className="-mb-px border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-soft hover:text-ink"
          activeProps={{ className: 'border-accent! font-semibold text-accent!' }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

const TargetLine = ({ scan }: { readonly scan: ScanDetail }) => (
  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <Status status={scan.status} />
    <span>
      {scan.target.model} <span className="[overflow-wrap:anywhere]">at {scan.target.url}</span>
    </span>
    <span>
      started <Time at={scan.created_at} /> by {scan.created_by}
    </span>
  </span>
);

/** The frame with the scan in it, once it is there; for a scan that is not ours, as for none. */
export function ScanFrame({ children }: { readonly children: (scan: ScanDetail) => ReactNode }) {
  const { id = '' } = useParams({ strict: false });
  const scan = useQuery(scanQuery(id));
  if (scan.error instanceof ApiProblem && scan.error.status === 404) return <NotFound />;
  if (scan.data === undefined)
    return scan.isError ? <Problem error={scan.error} onAgain={() => void scan.refetch()} /> : <Lines count={10} />;
  return (
    <>
      <PageHead
        title={scan.data.name}
        above={<Link to="/dashboard/scans">Scans</Link>}
        note={<TargetLine scan={scan.data} />}
        tools={<ScanTools scan={scan.data} />}
      />
      {scan.data.simulated && <SimulatedNotice />}
      <Views id={id} />
      {children(scan.data)}
    </>
  );
}
