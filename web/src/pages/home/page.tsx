// The start page: how each target stands, what is open, what the guard does; and the way in for whoever begins.
import { useQuery } from '@tanstack/react-query';
import { homeQuery } from '../../api/home.ts';
import { useMay } from '../../api/session.ts';
import type { Home } from '../../api/shapes.ts';
import { LinkButton } from '../../parts/button.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { StartDemo } from '../scans/start-demo.tsx';
import { GuardTraffic } from './guard-traffic.tsx';
import { JudgeHealth } from './judge-health.tsx';
import { OpenFindings } from './open-findings.tsx';
import { Running } from './running.tsx';
import { TargetCard } from './target-card.tsx';

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

function Overview({ home }: { readonly home: Home }) {
  const isEmpty = home.targets.length === 0 && home.running.length === 0;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {isEmpty && <FirstSteps />}
        <Running scans={home.running} />
        <div className="grid gap-4">
          {home.targets.map((target) => (
            <TargetCard key={target.key} target={target} />
          ))}
        </div>
      </div>
      <div className="grid min-w-0 gap-4 md:max-xl:grid-cols-3">
        <OpenFindings targets={home.targets} />
        <GuardTraffic guard={home.guard} />
        <JudgeHealth judge={home.judge} />
      </div>
    </div>
  );
}

const Waiting = () => (
  <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
    <Panel>
      <Lines count={9} />
    </Panel>
    <Panel>
      <Lines count={6} />
    </Panel>
  </div>
);

export function Page() {
  const home = useQuery(homeQuery);
  const mayScan = useMay('scan');
  return (
    <>
      <PageHead
        title="Home"
        tools={
          mayScan &&
          home.data &&
          home.data.targets.length > 0 && (
            <LinkButton to="/dashboard/scans/new" kind="main">
              New scan
            </LinkButton>
          )
        }
      />
      <Loaded query={home} waiting={<Waiting />}>
        {(data) => <Overview home={data} />}
      </Loaded>
    </>
  );
}
