// From what a scan found to guard policies that are proven to stop it: drafted here, shown with their proof, rolled back.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { HardeningEntry } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Field, Select } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { useFilters } from '../../search.ts';
import { Candidate } from './candidate.tsx';
import { StartHardening } from './start.tsx';
import { HardeningState, hardeningStates } from './state.tsx';

const MOST_SHOWN = 200;

/** Rolling back undoes the latest promotion of a policy: only that row offers it. */
const latestPromotions = (rows: readonly HardeningEntry[]): ReadonlySet<HardeningEntry> => {
  const promoted = rows.filter(({ state }) => state === 'promoted');
  return new Set(new Map(promoted.toReversed().map((row) => [row.policy_id, row])).values());
};

export function Page() {
  const [search, setSearch] = useFilters();
  const hardenings = useQuery({
    queryKey: ['hardenings'],
    queryFn: ({ signal }) =>
      ask<{ hardenings: HardeningEntry[]; total: number }>('/hardenings', { query: { limit: MOST_SHOWN }, signal }),
  });
  return (
    <>
      <PageHead
        title="Harden"
        note="Policies drafted from what a scan found. One is promoted only where held-out tests show that it stops attacks, and that it lets harmless texts pass."
      />
      <div className="flex flex-col gap-4">
        <StartHardening />
        <Panel
          title="Candidates"
          note="The latest first. Shares are of held-out tests, from which nothing was drafted, with their 95 % intervals."
        >
          <Field label="State" className="mb-2 w-52">
            <Select value={search.state ?? ''} onChange={(event) => setSearch({ state: event.target.value })}>
              <option value="">all</option>
              {hardeningStates.map((state) => (
                <option key={state} value={state}>
                  {state.replace('_', ' ')}
                </option>
              ))}
            </Select>
          </Field>
          <Loaded query={hardenings} waiting={<Lines count={10} />}>
            {({ hardenings: all, total }) => {
              const rows = all.filter(({ state }) => !search.state || state === search.state);
              if (rows.length === 0)
                return (
                  <Empty title="No candidate">
                    {search.state ? 'None is in this state.' : 'Choose a finished scan above.'}
                  </Empty>
                );
              const latest = latestPromotions(all);
              return (
                <>
                  <ul className="flex flex-col gap-3">
                    {rows.map((row) => (
                      <li key={row.id}>
                        <Candidate
                          entry={row}
                          badge={<HardeningState state={row.state} />}
                          canRollBack={latest.has(row)}
                        />
                      </li>
                    ))}
                  </ul>
                  {total > all.length && (
                    <p className="mt-3 text-xs text-soft">
                      The latest {count(all.length)} of {count(total)}.
                    </p>
                  )}
                </>
              );
            }}
          </Loaded>
        </Panel>
      </div>
    </>
  );
}
