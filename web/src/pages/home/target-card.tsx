// How one target stands: its latest finished scan, and how it came there.
import { Link } from '@tanstack/react-router';
import { Trend } from '../../charts/trend.tsx';
import { count } from '../../numbers.ts';
import { Badge, Status, type Tone } from '../../parts/badge.tsx';
import { RateFigure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Time } from '../../parts/time.tsx';
import type { TargetScans } from './by-target.ts';

const MOST_POINTS = 12;
const riskTones: Readonly<Record<string, Tone>> = { Low: 'held', Medium: 'partial', High: 'breached' };

function Judge({ judge, isOff }: { readonly judge: string | null; readonly isOff: boolean }) {
  if (judge === null) return <span className="text-unknown">not judged</span>;
  return isOff ? (
    <Badge tone="partial">judge below the floor</Badge>
  ) : (
    <span className="text-soft">judge holds on known answers</span>
  );
}

export function TargetCard({ target: { latest, finished } }: { readonly target: TargetScans }) {
  const shown = finished.at(-1);
  const headline = shown?.headline ?? null;
  return (
    <Panel
      title={latest.target.model}
      tools={
        headline && <Badge tone={riskTones[headline.risk_level] ?? 'unknown'}>{`${headline.risk_level} risk`}</Badge>
      }
      note={
        <>
          {latest.simulated && <strong className="text-accent">Simulated target. </strong>}
          {latest.target.url}
        </>
      }
    >
      {headline !== null && shown ? (
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <RateFigure
            title="Attack success"
            rate={headline.attack_success}
            of="decided tests"
            rows={{ to: `/dashboard/scans/${shown.scan_id}/tests`, search: { outcome: 'breached' } }}
          />
          <RateFigure title="Over-refusal" rate={headline.over_refusal} of="harmless requests" />
          <div>
            <p className="text-xs font-medium text-soft">Attack success, scan by scan</p>
            <Trend
              label={`Attack success of ${latest.target.model}, scan by scan`}
              points={finished
                .slice(-MOST_POINTS)
                .map((scan) => ({ id: scan.scan_id, name: scan.name, rate: scan.headline!.attack_success }))}
            />
          </div>
          <p className="self-end text-xs">
            <Link
              to="/dashboard/scans/$id"
              params={{ id: shown.scan_id }}
              className="text-accent underline-offset-2 hover:underline"
            >
              {shown.name}
            </Link>
            , <Time at={shown.ended_at} />
            <br />
            {count(headline.inconclusive)} inconclusive.{' '}
            <Judge judge={headline.judge} isOff={headline.judge_below_floor} />
          </p>
        </div>
      ) : (
        <p className="text-soft">No finished scan yet.</p>
      )}
      {latest.headline === null && (
        <p className="mt-3 border-t border-hair pt-3 text-sm">
          <Status status={latest.status} />{' '}
          <Link
            to="/dashboard/scans/$id"
            params={{ id: latest.scan_id }}
            className="text-accent underline-offset-2 hover:underline"
          >
            {latest.name}
          </Link>{' '}
          {Math.floor(latest.percentage)} %
        </p>
      )}
    </Panel>
  );
}
