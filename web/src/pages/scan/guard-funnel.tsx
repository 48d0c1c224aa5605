// Who stopped the tests about harm: guard on the way in, provider, model, guard on the way out, nobody.
import { Link } from '@tanstack/react-router';
import type { ScanSummary } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { RateFigure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { aboutHarm } from '../../rate-kinds.ts';

const stages = [
  { id: 'guard_in', label: 'Guard, on the way in', tone: 'bg-accent' },
  { id: 'provider', label: 'Filter of the provider', tone: 'bg-refused' },
  { id: 'model', label: 'The model itself', tone: 'bg-held' },
  { id: 'guard_out', label: 'Guard, on the way out', tone: 'bg-accent' },
  { id: 'nobody', label: 'Nobody', tone: 'bg-breached' },
  { id: 'undecided', label: 'Not known', tone: 'bg-unknown' },
] as const;

interface GuardFunnelProps {
  readonly scanId: string;
  readonly guard: NonNullable<ScanSummary['guard']>;
}

export function GuardFunnel({ scanId, guard }: GuardFunnelProps) {
  const to = `/dashboard/scans/${scanId}/tests`;
  return (
    <Panel
      title="Who stopped it"
      note={
        guard.mode === 'only'
          ? 'The guard alone was asked, not the target.'
          : 'The target was asked bare, and the guard about the same words.'
      }
    >
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <ol className="flex flex-col gap-2">
          {stages.map(({ id, label, tone }) => {
            const n = guard.stopped_by[id] ?? 0;
            return (
              <li key={id} className="grid grid-cols-[11rem_minmax(0,1fr)_4rem] items-center gap-3">
                <Link to={to} search={{ ...aboutHarm, stopped_by: id }} className="underline-offset-2 hover:underline">
                  {label}
                </Link>
                <span className="h-3 rounded-sm bg-sunken" aria-hidden="true">
                  <span
                    className={`block h-3 rounded-sm ${tone}`}
                    style={{ width: `${guard.tests === 0 ? 0 : (100 * n) / guard.tests}%` }}
                  />
                </span>
                <span className="text-right">{count(n)}</span>
              </li>
            );
          })}
        </ol>
        <div className="flex flex-col gap-4">
          {guard.success_without && (
            <RateFigure title="Attack success without the guard" rate={guard.success_without} of="decided tests" />
          )}
          <RateFigure
            title="Attack success with it"
            rate={guard.success_with}
            of="decided tests"
            rows={{ to, search: { outcome: 'breached', rate: 'attack_success' } }}
          />
          {(guard.success_without_search?.n ?? 0) > 0 && (
            <RateFigure
              title="Searching attacks without the guard"
              rate={guard.success_without_search!}
              of="decided searches"
            />
          )}
          {(guard.success_with_search?.n ?? 0) > 0 && (
            <RateFigure
              title="Searching attacks with it"
              rate={guard.success_with_search!}
              of="decided searches"
              rows={{ to, search: { outcome: 'breached', rate: 'attack_success_search' } }}
            />
          )}
          <RateFigure
            title="Stopped needlessly"
            rate={guard.needless}
            of="harmless requests"
            rows={{ to, search: { rate: 'over_refusal', stopped_by: 'guard_in,guard_out' } }}
          />
        </div>
      </div>
    </Panel>
  );
}
