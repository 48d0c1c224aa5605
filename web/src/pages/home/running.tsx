// Scans that are under way.
import { Link } from '@tanstack/react-router';
import type { Scan } from '../../api/shapes.ts';
import { count, duration } from '../../numbers.ts';
import { Status } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';

export function Running({ scans }: { readonly scans: readonly Scan[] }) {
  if (scans.length === 0) return null;
  return (
    <Panel title="Under way">
      <ul className="flex flex-col gap-3">
        {scans.map((scan) => (
          <li key={scan.scan_id}>
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="[overflow-wrap:anywhere]">
                <Link
                  to="/dashboard/scans/$id"
                  params={{ id: scan.scan_id }}
                  className="font-medium text-accent underline-offset-2 hover:underline"
                >
                  {scan.name}
                </Link>{' '}
                <Status status={scan.status} />
              </span>
              <span className="text-xs text-soft">
                {count(scan.done)} of {count(scan.planned)}
                {scan.status === 'Paused' ? '' : `, about ${duration(scan.remaining_seconds)} left`}
              </span>
            </div>
            <div className="mt-1 h-2 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
              <div className="h-2 bg-accent" style={{ width: `${scan.percentage}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
