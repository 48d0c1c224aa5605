// A new scan on one page: target, what is asked, limits; beside it what that would take.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { attacksQuery, datasetsQuery, suitesQuery } from '../../api/catalogue.ts';
import { ask } from '../../api/client.ts';
import type { ScanDetail, ScanEstimate } from '../../api/shapes.ts';
import { useDebounced } from '../../debounced.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded, Problem } from '../../parts/states.tsx';
import { type Search, useFilters } from '../../search.ts';
import { AsText } from './as-text-panel.tsx';
import { AttackChoice } from './attack-choice.tsx';
import { Connection } from './connection.tsx';
import { LimitFields } from './limit-fields.tsx';
import { Matrix } from './matrix.tsx';
import { bodyOf, emptyForm, isTargetNamed, type ScanForm } from './plan.ts';
import { hasDataset, problemSaid, problemsOf, whyNotYet } from './problems.ts';
import { Rail } from './rail.tsx';
import { TargetFields } from './target-fields.tsx';

const STILL_MS = 400;

const presets = [
  ['direct', 'Direct: the plain requests alone'],
  ['quick', 'Quick: 10 cases a dataset, 4 attacks'],
  ['standard', 'Standard: all cases, the curated attacks'],
  ['deep', 'Deep: all cases under every attack that can run'],
] as const;

/** An address may hold the beginning of a form: a dataset, an attack, a preset. */
const formOf = ({ datasets, attacks, preset, suite, kind }: Search): ScanForm => ({
  ...emptyForm,
  target: { ...emptyForm.target, kind: (kind ?? 'openai') as ScanForm['target']['kind'] },
  datasets: datasets?.split(',') ?? null,
  attacks: attacks?.split(',') ?? [],
  preset: preset ?? emptyForm.preset,
  suite: suite ?? '',
});

function useEstimate(form: ScanForm) {
  const still = useDebounced(form, STILL_MS);
  // What a scan takes hardly depends on the target: while none is named, the simulated one stands in.
  const body = bodyOf(
    isTargetNamed(still.target) ? still : { ...still, target: { ...still.target, kind: 'simulated' } },
  );
  return useQuery({
    queryKey: ['estimate', { ...body, target: { ...body.target, api_key: null } }],
    queryFn: ({ signal }) =>
      ask<ScanEstimate>('/scans/estimate', { method: 'POST', body: { ...body, name: null }, signal }),
    placeholderData: keepPreviousData,
    enabled: hasDataset(still) && Object.keys(problemsOf(still)).length === 0,
  });
}

interface PartProps {
  readonly form: ScanForm;
  readonly onChange: (part: Partial<ScanForm>) => void;
}

function WhatIsAsked({ form, onChange, estimate }: PartProps & { readonly estimate: ScanEstimate | undefined }) {
  const datasets = useQuery(datasetsQuery);
  const attacks = useQuery(attacksQuery);
  const suites = useQuery(suitesQuery);
  return (
    <Panel title="What is asked" note="Each cell is the number of tests; untick a dataset to leave it out." flush>
      <div className="grid gap-3 px-4 pt-2 pb-4 sm:grid-cols-2">
        <Field label="Preset">
          <Select value={form.preset} onChange={(event) => onChange({ preset: event.target.value })}>
            {presets.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Suite" hint={form.suite === '' ? undefined : 'Brings its own cases and attacks.'}>
          <Select value={form.suite} onChange={(event) => onChange({ suite: event.target.value })}>
            <option value="">none: datasets and attacks as below</option>
            {suites.data?.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <div className="sm:col-span-2">
          <Loaded query={attacks} waiting={<Lines count={1} />}>
            {(entries) => (
              <AttackChoice attacks={entries} chosen={form.attacks} onChosen={(ids) => onChange({ attacks: ids })} />
            )}
          </Loaded>
        </div>
      </div>
      {form.suite === '' && (
        <Loaded query={datasets} waiting={<Lines count={12} className="px-4" />}>
          {(entries) => (
            <Matrix
              datasets={entries}
              chosen={form.datasets}
              onChosen={(slugs) => onChange({ datasets: slugs })}
              estimate={estimate}
            />
          )}
        </Loaded>
      )}
    </Panel>
  );
}

export function Page() {
  const [search] = useFilters();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState(() => formOf(search));
  const estimate = useEstimate(form);
  const start = useMutation({
    mutationFn: () => ask<ScanDetail>('/scans', { method: 'POST', body: bodyOf(form) }),
    onSuccess: async ({ scan_id }) => {
      await client.invalidateQueries({ queryKey: ['scans'] });
      await navigate({ to: '/dashboard/scans/$id', params: { id: scan_id } });
    },
  });
  const change = (part: Partial<ScanForm>): void => {
    // What the server said of the form before holds no longer.
    if (start.isError) start.reset();
    setForm((before) => ({ ...before, ...part }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate();
  };
  const own = problemsOf(form);
  const problems = { ...problemSaid(estimate.error), ...problemSaid(start.error), ...own };
  const why = whyNotYet(form, own);
  const unfinished = isTargetNamed(form.target) ? estimate.data?.unfinished : null;
  return (
    <>
      <PageHead title="New scan" />
      <form onSubmit={submit} className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Target">
            <TargetFields
              target={form.target}
              problems={problems}
              onChange={(part) => change({ target: { ...form.target, ...part } })}
            />
            <Connection form={form} />
          </Panel>
          <WhatIsAsked form={form} onChange={change} estimate={estimate.data} />
          <Panel title="Limits and settings">
            <LimitFields form={form} problems={problems} onChange={change} />
          </Panel>
          <AsText form={form} />
        </div>
        <div className="xl:sticky xl:top-4">
          <Panel title="What it takes">
            <Rail estimate={estimate} />
            <div className="mt-4 flex flex-col gap-2">
              {start.isError && <Problem error={start.error} />}
              <Button type="submit" kind="main" disabled={why !== null || start.isPending}>
                {start.isPending ? 'Starting ...' : 'Start the scan'}
              </Button>
              {why !== null && (
                <p role="status" className="text-xs text-soft">
                  {why}
                </p>
              )}
              {unfinished && (
                <LinkButton to="/dashboard/scans/$id" params={{ id: unfinished }}>
                  Go on with the unfinished one
                </LinkButton>
              )}
              <p className="text-xs text-soft">
                Test only what you may test: starting it is recorded as your say, with your name.
              </p>
            </div>
          </Panel>
        </div>
      </form>
    </>
  );
}
