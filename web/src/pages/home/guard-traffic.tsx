// What the guard decided lately, in one bar.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { DecisionEntry } from '../../api/shapes.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { count } from '../../numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { verdictOf } from '../guard/verdict.ts';

const MOST = 500;
const to = '/dashboard/guard/decisions';

const words = [
  ['Denied', 'breached'],
  ['Redacted', 'partial'],
  ['Flagged', 'refused'],
  ['Undecided', 'unknown'],
  ['Passed', 'edge'],
] as const;

export function GuardTraffic() {
  const decisions = useQuery({
    queryKey: ['decisions'],
    queryFn: ({ signal }) => ask<DecisionEntry[]>('/guard/decisions', { query: { limit: MOST }, signal }),
  });
  return (
    <Panel title="Guard traffic">
      <Loaded query={decisions} waiting={<Lines count={3} />}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-soft">Nothing was decided yet.</p>
          ) : (
            <>
              <p className="mb-2 text-xs text-soft">The latest {count(all.length)} recorded decisions</p>
              <ShareBar
                total={all.length}
                parts={words.map(([label, tone]) => ({
                  label,
                  tone,
                  n: all.filter((decision) => verdictOf(decision).word === label).length,
                  rows: { to, search: { verdict: label } },
                }))}
              />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
