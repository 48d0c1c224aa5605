// Drafts policies from a finished scan and puts them to the proof; it takes from seconds to minutes.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { scansQuery } from '../../api/scans.ts';
import { useSession } from '../../api/session.ts';
import type { Hardened } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Select, TextInput } from '../../parts/field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SimulatedNotice } from '../../parts/simulated.tsx';
import { Problem } from '../../parts/states.tsx';
import { useFilters } from '../../search.ts';

const DEFAULT_BUDGET = '0.5';

function Outcome({ hardened }: { readonly hardened: Hardened }) {
  const { candidates, doubts, simulated, harmless_n: harmless } = hardened;
  const promoted = candidates.filter((each) => each.promoted).length;
  return (
    <div role="status" className="flex flex-col gap-2">
      {simulated && <SimulatedNotice />}
      {doubts.map((doubt) => (
        <p key={doubt} className="rounded-md border border-partial bg-partial-tint px-3 py-2">
          Cannot conclude: {doubt}
        </p>
      ))}
      <p>
        {candidates.length === 0
          ? `No candidate: ${hardened.why_none}`
          : `${count(candidates.length)} candidates, ${count(promoted)} promoted; tried on ${count(harmless)} harmless texts. They stand below.`}
      </p>
    </div>
  );
}

export function StartHardening() {
  const client = useQueryClient();
  const session = useSession();
  const [search, setSearch] = useFilters();
  const [budget, setBudget] = useState(DEFAULT_BUDGET);
  const [promote, setPromote] = useState(true);
  const scans = useInfiniteQuery(scansQuery({ status: 'Finished', kind: 'scan', limit: 200 }));
  const rows = scans.data?.pages.flatMap((page) => page.scans) ?? [];
  const share = Number(budget) / 100;
  const isShare = budget.trim() !== '' && share >= 0 && share <= 1;
  const scan = search.scan ?? '';
  const harden = useMutation({
    mutationFn: () =>
      ask<Hardened>(`/scans/${encodeURIComponent(scan)}/harden`, { method: 'POST', body: { fpr: share, promote } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['hardenings'] });
      await client.invalidateQueries({ queryKey: ['policies'] });
    },
  });
  if (!session?.scopes.includes('admin')) return null;
  return (
    <Panel title="Draft from a scan">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          harden.mutate();
        }}
      >
        <div className="flex flex-wrap gap-4">
          <Field label="Scan" className="w-96 max-w-full">
            <Select value={scan} onChange={(event) => setSearch({ scan: event.target.value })}>
              <option value="">choose a finished scan</option>
              {rows.map(({ scan_id, name, target }) => (
                <option key={scan_id} value={scan_id}>{`${name} (${target.model})`}</option>
              ))}
            </Select>
          </Field>
          <Field
            label="Harmless texts stopped, at most (%)"
            hint="By the upper end of the 95 % interval"
            problem={isShare ? null : 'Must be from 0 to 100.'}
            className="w-64"
          >
            <TextInput
              type="number"
              min={0}
              max={100}
              step="any"
              value={budget}
              onChange={(event) => setBudget(event.target.value)}
            />
          </Field>
        </div>
        <Check
          label="Promote what is proven: the policy holds for this project from then on"
          checked={promote}
          onChange={(event) => setPromote(event.target.checked)}
        />
        {harden.isError && <Problem error={harden.error} />}
        {harden.data && <Outcome hardened={harden.data} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" kind="main" disabled={scan === '' || !isShare || harden.isPending}>
            Draft and prove
          </Button>
          {harden.isPending && (
            <p role="status" className="text-soft">
              Drafting and proving. A large scan takes minutes; it goes on if you leave this page.
            </p>
          )}
        </div>
      </form>
    </Panel>
  );
}
