// Findings that nobody has decided on, by severity.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { Finding } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Severity } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';

const MOST = 1000;
const severities = ['critical', 'high', 'medium', 'low'] as const;
const open = ['new', 'regressed', 'known'] as const;

interface FindingPage {
  readonly findings: Finding[];
  readonly total: number;
}

async function openFindings(signal: AbortSignal): Promise<Finding[]> {
  const pages = await Promise.all(
    open.map((state) => ask<FindingPage>('/findings', { query: { state, limit: MOST }, signal })),
  );
  return pages.flatMap(({ findings }) => findings);
}

export function OpenFindings() {
  const findings = useQuery({ queryKey: ['findings', 'open'], queryFn: ({ signal }) => openFindings(signal) });
  return (
    <Panel
      title="Open findings"
      tools={
        <Link to="/dashboard/findings" className="text-accent underline-offset-2 hover:underline">
          All
        </Link>
      }
    >
      <Loaded query={findings} waiting={<Lines count={4} />}>
        {(all) => (
          <dl className="flex flex-col gap-2">
            {severities.map((severity) => {
              const own = all.filter((finding) => finding.severity === severity);
              const fresh = own.filter(({ state }) => state !== 'known').length;
              return (
                <div key={severity} className="flex items-baseline justify-between gap-3">
                  <dt>
                    <Severity severity={severity} />
                  </dt>
                  <dd className="text-right">
                    <span className="text-lg font-semibold">{count(own.length)}</span>
                    <span className="ml-2 text-xs text-soft">{count(fresh)} new or regressed</span>
                  </dd>
                </div>
              );
            })}
          </dl>
        )}
      </Loaded>
    </Panel>
  );
}
