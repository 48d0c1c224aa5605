// Sessions of the guard by their risk: who keeps trying.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import type { GuardSession } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

const LOOK_EVERY_MS = 5000;

function SessionRow({ session }: { readonly session: GuardSession }) {
  return (
    <Row>
      <Cell kind="free">
        <Link
          to="/dashboard/guard/decisions"
          search={{ session: session.session }}
          className="font-medium text-accent underline-offset-2 hover:underline"
        >
          {session.session}
        </Link>
      </Cell>
      <Cell className="w-[30%] min-w-32">
        <svg
          viewBox="0 0 100 10"
          preserveAspectRatio="none"
          role="img"
          aria-label={`risk ${session.risk.toFixed(2)}`}
          className="h-2.5 w-full"
        >
          <rect width="100" height="10" className="fill-sunken" />
          <rect
            width={session.risk * 100}
            height="10"
            className={session.denied > 0 ? 'fill-breached' : 'fill-partial'}
          />
        </svg>
        <span className="text-xs text-soft">{session.risk.toFixed(2)}</span>
      </Cell>
      <Cell kind="number">{count(session.n)}</Cell>
      <Cell kind="number">{count(session.denied)}</Cell>
      <Cell kind="number" optional>
        {count(session.flagged)}
      </Cell>
      <Cell optional>
        <Time at={session.last_at} ago />
      </Cell>
    </Row>
  );
}

export function Page() {
  const sessions = useQuery({
    queryKey: ['guard-sessions'],
    queryFn: async ({ signal }) => (await ask<{ sessions: GuardSession[] }>('/guard/sessions', { signal })).sessions,
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <>
      <PageHead
        title="Sessions"
        note="By risk: the mean over the decisions of the last day of the strongest score that fired."
      />
      <Panel flush>
        <Loaded query={sessions} waiting={<Lines count={8} className="px-4" />}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title="No session yet">Requests that name a session are added up here.</Empty>
            ) : (
              <Table
                caption="Sessions"
                columns={[
                  { label: 'Session' },
                  { label: 'Risk, 0 to 1' },
                  { label: 'Decisions', kind: 'number' },
                  { label: 'Denied', kind: 'number' },
                  { label: 'Flagged', kind: 'number', optional: true },
                  { label: 'Last seen', optional: true },
                ]}
              >
                {rows.map((session) => (
                  <SessionRow key={session.session} session={session} />
                ))}
              </Table>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
