// What the guard decided on the last day, in one bar.
import { Link } from '@tanstack/react-router';
import type { Home } from '../../api/shapes.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { count, milliseconds } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';

const to = '/dashboard/guard/decisions';

export function GuardTraffic({ guard }: { readonly guard: Home['guard'] }) {
  const { n, flagged, denied } = guard;
  return (
    <Panel
      title="Guard traffic"
      tools={
        <Link to={to} className="text-accent underline-offset-2 hover:underline">
          All
        </Link>
      }
    >
      {n === 0 ? (
        <p className="text-soft">Nothing was decided in the last {guard.hours} hours.</p>
      ) : (
        <>
          <p className="mb-2 text-xs text-soft">
            {count(n)} recorded decisions of the last {guard.hours} hours
            {guard.p95_ms !== null && `, 95 % within ${milliseconds(guard.p95_ms)}`}
          </p>
          <ShareBar
            total={n}
            parts={[
              { label: 'denied', n: denied, tone: 'breached', rows: { to, search: { verdict: 'Denied' } } },
              {
                label: 'flagged, not denied',
                n: Math.max(0, flagged - denied),
                tone: 'partial',
                rows: { to, search: { verdict: 'Flagged' } },
              },
              {
                label: 'let pass',
                n: n - Math.max(flagged, denied),
                tone: 'edge',
                rows: { to, search: { verdict: 'Passed' } },
              },
            ]}
          />
          {guard.undecided > 0 && (
            <p className="mt-2 text-xs text-unknown">{count(guard.undecided)} could not be decided by some check</p>
          )}
        </>
      )}
    </Panel>
  );
}
