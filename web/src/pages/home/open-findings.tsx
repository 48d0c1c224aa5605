// Findings that nobody has decided on, by severity, over all targets.
import { Link } from '@tanstack/react-router';
import type { Home } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Severity } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';

const severities = ['critical', 'high', 'medium', 'low'] as const;

export function OpenFindings({ targets }: { readonly targets: Home['targets'] }) {
  return (
    <Panel
      title="Open findings"
      tools={
        <Link to="/dashboard/findings" className="text-accent underline-offset-2 hover:underline">
          All
        </Link>
      }
    >
      <dl className="flex flex-col gap-2">
        {severities.map((severity) => {
          const open = count(targets.reduce((sum, target) => sum + (target.open_findings[severity] ?? 0), 0));
          return (
            <div key={severity} className="flex items-baseline justify-between gap-3">
              <dt>
                <Severity severity={severity} />
              </dt>
              <dd className="text-lg font-semibold">
                <Link
                  to="/dashboard/findings"
                  search={{ state: 'new,known,regressed', severity }}
                  aria-label={`${open} open findings, ${severity}`}
                  className="underline-offset-2 hover:underline"
                >
                  {open}
                </Link>
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
