// Recorded decisions of the guard, newest first: filters, how long they took, what each found.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { DecisionEntry } from '../../api/shapes.ts';
import { milliseconds } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { LinkButton } from '../../parts/button.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { type Search, useFilters } from '../../search.ts';
import { TrafficPanel } from './traffic-panel.tsx';
import { verdictOf } from './verdict.ts';

const MOST = 500;
const LOOK_EVERY_MS = 5000;

const fits = (decision: DecisionEntry, { verdict, detector, session }: Search): boolean =>
  (!verdict || verdictOf(decision).word === verdict) &&
  (!detector || decision.findings.some((finding) => finding.detector === detector && finding.detected)) &&
  (!session || decision.session === session);

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
      <Cell kind="free" optional className="max-w-md">
        {decision.messages === null ? (
          <span className="text-soft">not kept</span>
        ) : (
          <span className="line-clamp-2 text-soft">{decision.messages.at(-1)?.content}</span>
        )}
      </Cell>
      <Cell kind="free" optional>
        {decision.session ?? <span className="text-soft">none</span>}
      </Cell>
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
              <TrafficPanel />
              <Panel>
                <Filters decisions={all} />
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
