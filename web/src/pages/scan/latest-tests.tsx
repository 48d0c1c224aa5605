// The latest tests of a running scan, the newest first.
import { Link } from '@tanstack/react-router';
import type { TestEntry } from '../../api/shapes.ts';
import { Outcome } from '../../parts/badge.tsx';
import { Panel } from '../../parts/panel.tsx';

interface LatestTestsProps {
  readonly scanId: string;
  readonly tests: readonly TestEntry[];
}

export function LatestTests({ scanId, tests }: LatestTestsProps) {
  return (
    <Panel title="Latest conversations" className="min-h-80">
      {tests.length === 0 && <p className="text-soft">None yet.</p>}
      <ul className="flex flex-col">
        {tests.map((test) => (
          <li
            key={test.test_no}
            className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-3 border-b border-hair py-1.5 last:border-0"
          >
            <Outcome outcome={test.outcome} />
            <div className="min-w-0">
              <Link
                to="/dashboard/scans/$id/tests/$key"
                params={{ id: scanId, key: test.plan_key }}
                className="line-clamp-1 underline-offset-2 hover:underline"
                dir="auto"
              >
                {test.request || test.case_id}
              </Link>
              <p className="line-clamp-1 text-xs text-soft">
                {test.attack_title}, {test.dataset_name}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
