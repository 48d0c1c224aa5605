// The finding that a broken test belongs to: its state over all scans, and what a person decides on it.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { Finding, ScanFindings, TestDetail } from '../../api/shapes.ts';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { DecideFinding } from '../findings/decide.tsx';
import { FindingState } from '../findings/state.tsx';

interface FindingPanelProps {
  readonly scanId: string;
  readonly test: TestDetail;
}

export function FindingPanel({ scanId, test }: FindingPanelProps) {
  const isBroken = test.role === 'case' && (test.outcome === 'breached' || test.outcome === 'partial');
  const found = useQuery({
    queryKey: ['scan', scanId, 'findings'],
    queryFn: ({ signal }) => ask<ScanFindings>(`/scans/${encodeURIComponent(scanId)}/findings`, { signal }),
    enabled: isBroken,
    retry: false,
  });
  const mine = found.data?.findings.find(
    ({ plan_key, case_id, attack }) =>
      plan_key === test.plan_key || (case_id === test.case_id && attack === test.attack),
  );
  const all = useQuery({
    queryKey: ['findings', 'all'],
    queryFn: ({ signal }) => ask<{ findings: Finding[] }>('/findings', { query: { limit: 1000 }, signal }),
    enabled: mine !== undefined,
  });
  if (!isBroken || found.isError) return null;
  return (
    <Panel title="The finding" note="The same over all scans of the project.">
      <Loaded query={found} waiting={<Lines count={2} />}>
        {() =>
          mine === undefined ? (
            <p className="text-soft">This test belongs to no finding of its own.</p>
          ) : (
            <div className="flex flex-col items-start gap-2">
              <FindingState state={mine.state} />
              <DecideFinding
                fingerprint={mine.fingerprint}
                name={mine.case_id}
                decision={
                  all.data?.findings.find(({ fingerprint }) => fingerprint === mine.fingerprint)?.decision ?? null
                }
              />
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}
