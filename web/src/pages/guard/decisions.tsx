// Recorded decisions of the guard, newest first: filters, how long they took, what each found.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { DecisionEntry } from '../../api/shapes.ts';
import { count, milliseconds } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { LinkButton } from '../../parts/button.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { type Search, useFilters } from '../../search.ts';
import { verdictOf } from './verdict.ts';

const MOST = 500;
const LOOK_EVERY_MS = 5000;

const fits = (decision: DecisionEntry, { verdict, detector, session }: Search): boolean =>
  (!verdict || verdictOf(decision).word === verdict) &&
  (!detector || decision.findings.some((finding) => finding.detector === detector && finding.detected)) &&
  (!session || decision.session === session);

/** The smallest value that this share of all values does not exceed. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function Times({ decisions }: { readonly decisions: readonly DecisionEntry[] }) {
  const sorted = decisions.map(({ ms }) => ms).sort((a, b) => a - b);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {(
        [
          ['p50', 0.5],
          ['p95', 0.95],
          ['p99', 0.99],
        ] as const
      ).map(([label, share]) => {
        const value = quantile(sorted, share);
        return (
          <div key={label}>
            <dt className="text-xs text-soft">{label}</dt>
            <dd className="text-lg font-semibold">{value === null ? '-' : milliseconds(value)}</dd>
          </div>
        );
      })}
      <div>
        <dt className="text-xs text-soft">over</dt>
        <dd className="text-lg font-semibold">{count(sorted.length)}</dd>
      </div>
    </dl>
  );
}

function DecisionRow({ decision }: { readonly decision: DecisionEntry }) {
  const { word, tone } = verdictOf(decision);
  const fired = decision.findings.filter(({ detected }) => detected);
  return (
    <Row>
      <Cell>
        <Time at={decision.created_at} ago />
      </Cell>
      <Cell>
        <Badge tone={tone}>{word}</Badge>
      </Cell>
      <Cell>
        {fired.length === 0 ? (
          <span className="text-soft">nothing</span>
        ) : (
          fired.map(({ detector, labels }) => `${detector}${labels[0] ? ` (${labels[0]})` : ''}`).join(', ')
        )}
      </Cell>
      <Cell optional className="max-w-md">
        {decision.messages === null ? (
          <span className="text-soft">not kept</span>
        ) : (
          <span className="line-clamp-2 text-soft">{decision.messages.at(-1)?.content}</span>
        )}
      </Cell>
      <Cell optional>{decision.session ?? <span className="text-soft">none</span>}</Cell>
      <Cell kind="number">{milliseconds(decision.ms)}</Cell>
    </Row>
  );
}

function Filters({ decisions }: { readonly decisions: readonly DecisionEntry[] }) {
  const [search, setSearch] = useFilters();
  const detectors = [...new Set(decisions.flatMap(({ findings }) => findings.map(({ detector }) => detector)))].sort();
  return (
    <div className="flex flex-wrap gap-3">
      <Field label="Decision" className="w-36">
        <Select value={search.verdict ?? ''} onChange={(event) => setSearch({ verdict: event.target.value })}>
          <option value="">all</option>
          {['Denied', 'Redacted', 'Flagged', 'Undecided', 'Passed'].map((word) => (
            <option key={word}>{word}</option>
          ))}
        </Select>
      </Field>
      <Field label="Found by" className="w-44">
        <Select value={search.detector ?? ''} onChange={(event) => setSearch({ detector: event.target.value })}>
          <option value="">any detector</option>
          {detectors.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </Select>
      </Field>
      <Field label="Session" className="w-44">
        <TextInput value={search.session ?? ''} onChange={(event) => setSearch({ session: event.target.value })} />
      </Field>
    </div>
  );
}

export function Page() {
  const [search] = useFilters();
  const decisions = useQuery({
    queryKey: ['decisions'],
    queryFn: ({ signal }) => ask<DecisionEntry[]>('/guard/decisions', { query: { limit: MOST }, signal }),
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <>
      <PageHead title="Decisions" note={`The latest ${MOST} that were recorded; new ones come in by themselves.`} />
      <Loaded
        query={decisions}
        waiting={
          <Panel>
            <Lines count={10} />
          </Panel>
        }
      >
        {(all) => {
          const shown = all.filter((decision) => fits(decision, search));
          if (all.length === 0)
            return (
              <Panel>
                <Empty
                  title="Nothing was decided yet"
                  tools={
                    <LinkButton to="/dashboard/guard" kind="main">
                      Open the playground
                    </LinkButton>
                  }
                >
                  Whatever an application asks the guard is recorded here, with what was found taken out.
                </Empty>
              </Panel>
            );
          return (
            <div className="flex flex-col gap-4">
              <Panel>
                <div className="flex flex-wrap items-end justify-between gap-4">
                  <Filters decisions={all} />
                  <Times decisions={shown} />
                </div>
              </Panel>
              <Panel flush>
                <Table
                  caption="Recorded decisions"
                  columns={[
                    { label: 'When' },
                    { label: 'Decision' },
                    { label: 'Found' },
                    { label: 'Last message', optional: true },
                    { label: 'Session', optional: true },
                    { label: 'Time', kind: 'number' },
                  ]}
                >
                  {shown.map((decision) => (
                    <DecisionRow key={decision.id} decision={decision} />
                  ))}
                </Table>
                {shown.length === 0 && <Empty title="No decision fits these filters" />}
              </Panel>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
