// One candidate with its proof: what it changes, attacks before and after, harmless texts, why it is a draft.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HardeningEntry } from '../../api/shapes.ts';
import { Whisker } from '../../charts/whisker.tsx';
import { count, interval, percent } from '../../numbers.ts';
import { Facts } from '../../parts/facts.tsx';
import { Time } from '../../parts/time.tsx';
import { RollBack } from './roll-back.tsx';

type Proven = HardeningEntry['candidate'];
type Interval = Proven['intervals']['before'];

const rated = (share: number | null, range: Interval, n: number) => ({
  rate: share,
  low: range?.[0] ?? null,
  high: range?.[1] ?? null,
  n,
});

interface MeasureProps {
  readonly label: string;
  readonly rate: ReturnType<typeof rated>;
  readonly noun: string;
  readonly tone?: 'breached' | 'accent';
}

function Measure({ label, rate, noun, tone = 'breached' }: MeasureProps) {
  return (
    <div className="min-w-0">
      <p className="text-xs text-soft">{label}</p>
      <Whisker rate={rate} label={label} tone={tone} />
      <p className="text-xs">
        {rate.rate === null ? 'not measured' : `${percent(rate.rate)} (${interval(rate)}) of ${count(rate.n)} ${noun}`}
      </p>
    </div>
  );
}

const sides = (before: number | null, after: number | null, n: number): string =>
  before === null || after === null
    ? 'not measured'
    : `${percent(before)} before, ${percent(after)} after (n ${count(n)})`;

function Details({ entry }: { readonly entry: HardeningEntry }) {
  const { candidate, scan_id: scanId } = entry;
  const { slices, false_positives: falsely, asked_by: askedBy } = candidate;
  const { other_attacks: attacks, other_languages: languages, mutations } = slices;
  return (
    <details className="mt-3">
      <summary className="cursor-pointer text-accent">
        Other attacks, languages and wordings; the {count(askedBy.length)} tests that asked for it
      </summary>
      <div className="mt-2 flex flex-col gap-3">
        <Facts
          rows={[
            ['Other attacks', sides(attacks.attack_success_before, attacks.attack_success_after, attacks.n)],
            ['Other languages', sides(languages.attack_success_before, languages.attack_success_after, languages.n)],
            [
              'Same words, other dress',
              mutations.stopped === null
                ? 'not measured'
                : `${percent(mutations.stopped)} of ${count(mutations.n)} stopped`,
            ],
            [
              'Harmless, by source',
              Object.entries(falsely.by_source)
                .map(([source, { k, n }]) => `${source} ${count(k)} of ${count(n)}`)
                .join(', '),
            ],
            ['p', `${candidate.p.toPrecision(2)}, ${candidate.p_holm.toPrecision(2)} after Holm`],
          ]}
        />
        {falsely.examples.length > 0 && (
          <div>
            <h4 className="text-xs font-semibold">Stopped falsely, for example</h4>
            <ul className="list-disc pl-5 text-xs">
              {falsely.examples.map((text) => (
                <li key={text} dir="auto" className="[overflow-wrap:anywhere]">
                  {text}
                </li>
              ))}
            </ul>
          </div>
        )}
        <ul aria-label="Tests that asked for it" className="flex flex-wrap gap-x-3 gap-y-1 font-mono text-xs">
          {askedBy.map((key) => (
            <li key={key}>
              <Link
                to="/dashboard/scans/$id/tests/$key"
                params={{ id: scanId, key }}
                className="text-accent underline underline-offset-2"
              >
                {key}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

interface CandidateProps {
  readonly entry: HardeningEntry;
  readonly badge: ReactNode;
  readonly canRollBack: boolean;
}

export function Candidate({ entry, badge, canRollBack }: CandidateProps) {
  const { candidate, policy_id: id, policy_version: version, reason, scan_id: scanId, state } = entry;
  const { attack_success_before: before, attack_success_after: after, intervals, held_out_n: n } = candidate;
  return (
    <article className="rounded-md border border-hair p-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="flex min-w-0 flex-wrap items-baseline gap-2 font-semibold [overflow-wrap:anywhere]">
          {version === null ? (
            id
          ) : (
            <Link
              to="/dashboard/policies/$id"
              params={{ id }}
              className="text-accent underline-offset-2 hover:underline"
            >
              {id}
            </Link>
          )}
          {badge}
        </h3>
        {canRollBack && <RollBack policyId={id} />}
      </div>
      <p className="mt-1">{candidate.change}</p>
      <p className="text-xs text-soft">
        {candidate.kind === 'own'
          ? 'written by hand, put to the proof on'
          : `${candidate.group.by}: ${candidate.group.name}, ${count(candidate.group.breaches)} breaches of`}{' '}
        <Link to="/dashboard/scans/$id" params={{ id: scanId }} className="text-accent underline underline-offset-2">
          this scan
        </Link>
        {version !== null && `; version ${version}`}; {entry.by}, <Time at={entry.created_at} />
      </p>
      {reason !== null && (
        <p className="mt-2 rounded-md bg-sunken px-3 py-2 [overflow-wrap:anywhere]">
          {state === 'rolled_back' ? 'Rolled back: ' : 'Not promoted: '}
          {reason}
        </p>
      )}
      <div className="mt-3 grid gap-3 md:grid-cols-3">
        <Measure label="Attack success before" rate={rated(before, intervals.before, n)} noun="held-out tests" />
        <Measure label="Attack success after" rate={rated(after, intervals.after, n)} noun="held-out tests" />
        <Measure
          label="Harmless texts stopped"
          rate={rated(candidate.false_positive_rate, intervals.false_positive_rate, candidate.harmless_n)}
          noun="texts"
          tone="accent"
        />
      </div>
      <Details entry={entry} />
    </article>
  );
}
