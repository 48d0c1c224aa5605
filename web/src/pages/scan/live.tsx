// A scan under way: how far, how fast, what came of it so far; what it waits for when it does not run.

import { isActive } from '../../api/scans.ts';
import type { ScanDetail } from '../../api/shapes.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { count, duration } from '../../numbers.ts';
import { Figure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { HeatMapPanel } from './heat-map-panel.tsx';
import { LatestTests } from './latest-tests.tsx';
import { useScanEvents } from './scan-events.ts';
import { boundsText, Spent } from './spent.tsx';

const waits: Readonly<Record<string, string>> = {
  Initializing: 'It waits for a worker, which plans it and begins.',
  Paused: 'It is paused: answers that were under way were still taken. Resume goes on where it was.',
};

function Progress({ scan }: { readonly scan: ScanDetail }) {
  const { outcomes } = scan;
  const parts = [
    { label: 'breached', n: outcomes.breached, tone: 'breached' as const },
    { label: 'partial', n: outcomes.partial, tone: 'partial' as const },
    { label: 'defended', n: outcomes.defended, tone: 'held' as const },
    { label: 'refused', n: outcomes.refused, tone: 'refused' as const },
    { label: 'inconclusive', n: outcomes.inconclusive, tone: 'unknown' as const },
    { label: 'unjudged', n: outcomes.unjudged, tone: 'edge' as const },
  ];
  const to = `/dashboard/scans/${scan.scan_id}/tests`;
  return (
    <div>
      <div
        role="progressbar"
        aria-label="Tests done"
        aria-valuemin={0}
        aria-valuemax={scan.planned}
        aria-valuenow={scan.done}
        className="mb-2 flex items-baseline justify-between"
      >
        <span className="text-lg font-semibold">
          {count(scan.done)} of {count(scan.planned)} tests
        </span>
        <span className="text-soft">{Math.floor(scan.percentage)} %</span>
      </div>
      <ShareBar
        total={scan.planned}
        parts={parts.map((part) => ({ ...part, rows: { to, search: { outcome: part.label, role: 'case' } } }))}
      />
    </div>
  );
}

function Pace({ scan }: { readonly scan: ScanDetail }) {
  const { calls, pace, limits } = scan;
  return (
    <div className="mt-5 grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
      <Figure title="Decided" value={count(scan.decided)} note={`${count(scan.outcomes.inconclusive)} inconclusive`} />
      <Figure
        title="Time left"
        value={isActive(scan) ? `about ${duration(scan.remaining_seconds)}` : 'stands still'}
        isUnknown={!isActive(scan)}
      />
      <Figure
        title="Calls a minute"
        value={pace.calls_per_minute === null ? 'unknown' : count(Math.round(pace.calls_per_minute))}
        isUnknown={pace.calls_per_minute === null}
        note={`${pace.qpm === null ? 'no limit' : `limit ${count(pace.qpm)}`}, ${count(limits.concurrency)} at once`}
      />
      <Figure
        title="Calls"
        value={count(calls.total)}
        note={`${count(calls.rate_limited)} told to wait (429), ${count(calls.failed)} failed`}
      />
    </div>
  );
}

export function Live({ scan }: { readonly scan: ScanDetail }) {
  const latest = useScanEvents(scan.scan_id);
  const why = scan.reason ?? waits[scan.status];
  return (
    <div className="flex flex-col gap-4">
      <Panel>
        {why && <p className="mb-4 rounded-md border border-partial bg-partial-tint px-3 py-2">{why}</p>}
        <Progress scan={scan} />
        <Pace scan={scan} />
        <Spent spent={scan.spent} className="mt-4" />
        {scan.bounds !== null && <p className="text-xs text-soft">Ends early at {boundsText(scan)}.</p>}
      </Panel>
      <HeatMapPanel scan={scan} />
      <LatestTests scanId={scan.scan_id} tests={latest} />
    </div>
  );
}
