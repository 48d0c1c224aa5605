// How one target stands: its latest finished scan, and how it came there.
import { Link } from '@tanstack/react-router';
import type { Home } from '../../api/shapes.ts';
import { Trend } from '../../charts/trend.tsx';
import { count, counted } from '../../numbers.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { RateFigure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Time } from '../../parts/time.tsx';

type Target = Home['targets'][number];

const riskTones: Readonly<Record<string, Tone>> = { Low: 'held', Medium: 'partial', High: 'breached' };

function Head({ target }: { readonly target: Target }) {
  const { headline } = target;
  if (headline === null) return null;
  if (headline.judge_below_floor) return <Badge tone="unknown">judge below its floor</Badge>;
  const { risk_level: risk } = headline;
  if (risk === null) return <Badge tone="unknown">nothing decided</Badge>;
  return <Badge tone={riskTones[risk] ?? 'unknown'}>{`${risk} risk`}</Badge>;
}

export function TargetCard({ target }: { readonly target: Target }) {
  const { headline, latest } = target;
  return (
    <Panel
      title={target.model}
      tools={<Head target={target} />}
      note={
        <>
          {target.simulated && <strong className="text-accent">Simulated target. </strong>}
          {target.url}
        </>
      }
    >
      {headline === null ? (
        <p className="text-soft">No finished scan yet.</p>
      ) : (
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_minmax(0,18rem)]">
          <RateFigure
            title="Attack success"
            rate={headline.attack_success}
            of="decided tests"
            rows={{
              to: `/dashboard/scans/${latest.scan_id}/tests`,
              search: { outcome: 'breached', rate: 'attack_success' },
            }}
          />
          <RateFigure
            title="Over-refusal"
            rate={headline.over_refusal}
            of="harmless requests"
            rows={{
              to: `/dashboard/scans/${latest.scan_id}/tests`,
              search: { outcome: 'breached', rate: 'over_refusal' },
            }}
          />
          <div className="sm:max-lg:col-span-2">
            <p className="text-xs font-medium text-soft">Attack success, scan by scan</p>
            <Trend
              label={`Attack success of ${target.model}, scan by scan`}
              points={target.trend.map(({ scan_id: id, name, attack_success: rate }) => ({ id, name, rate }))}
            />
          </div>
          <p className="text-xs text-soft [overflow-wrap:anywhere] sm:col-span-2 lg:col-span-3">
            <Link
              to="/dashboard/scans/$id"
              params={{ id: latest.scan_id }}
              className="text-accent underline underline-offset-2"
            >
              {latest.name}
            </Link>
            , <Time at={latest.ended_at} />: {count(headline.inconclusive)} inconclusive, judged by{' '}
            {headline.judge ?? 'nobody'}. {counted(target.finished_scans, 'finished scan')}.
          </p>
        </div>
      )}
    </Panel>
  );
}
