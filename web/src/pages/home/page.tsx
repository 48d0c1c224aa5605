// The start page: how each target stands, what is open, what the guard does; and the way in for whoever begins.
import { useInfiniteQuery } from '@tanstack/react-query';
import { scansQuery } from '../../api/scans.ts';
import { useMay } from '../../api/session.ts';
import { LinkButton } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Problem } from '../../parts/states.tsx';
import { StartDemo } from '../scans/start-demo.tsx';
import { byTarget } from './by-target.ts';
import { GuardTraffic } from './guard-traffic.tsx';
import { OpenFindings } from './open-findings.tsx';
import { TargetCard } from './target-card.tsx';

const MOST_SCANS = 200;

function FirstSteps() {
  const mayScan = useMay('scan');
  return (
    <Panel>
      <Empty
        title="Nothing was scanned yet"
        tools={
          mayScan && (
            <>
              <StartDemo />
              <LinkButton to="/dashboard/scans/new">Scan my model</LinkButton>
            </>
          )
        }
      >
        The demo scan asks a simulated target and is done within a minute: a first look without any model. For your own
        you need its base URL, its name and its key.
      </Empty>
    </Panel>
  );
}

export function Page() {
  const mayGuard = useMay('guard');
  const scans = useInfiniteQuery(scansQuery({ limit: MOST_SCANS }));
  const targets = byTarget(scans.data?.pages[0]?.scans ?? []);
  return (
    <>
      <PageHead
        title="Home"
        tools={
          targets.length > 0 && (
            <LinkButton to="/dashboard/scans/new" kind="main">
              New scan
            </LinkButton>
          )
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {scans.isPending && (
            <Panel>
              <Lines count={8} />
            </Panel>
          )}
          {scans.isError && <Problem error={scans.error} onAgain={() => void scans.refetch()} />}
          {scans.data && targets.length === 0 && <FirstSteps />}
          <div className="grid gap-4 2xl:grid-cols-2">
            {targets.map((target) => (
              <TargetCard key={target.key} target={target} />
            ))}
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <OpenFindings />
          {mayGuard && <GuardTraffic />}
        </div>
      </div>
    </>
  );
}
