// The tries of a search, one a line; each can be read whole.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { TestDetail, TryDetail } from '../../api/shapes.ts';
import { count, milliseconds } from '../../numbers.ts';
import { Outcome } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Conversation } from './conversation.tsx';

function OneTry({
  scanId,
  planKey,
  tryNo,
}: {
  readonly scanId: string;
  readonly planKey: string;
  readonly tryNo: number;
}) {
  const attempt = useQuery({
    queryKey: ['scan', scanId, 'test', planKey, 'try', tryNo],
    queryFn: ({ signal }) =>
      ask<TryDetail>(`/scans/${encodeURIComponent(scanId)}/tests/${encodeURIComponent(planKey)}/tries/${tryNo}`, {
        signal,
      }),
  });
  return (
    <Loaded query={attempt} waiting={<Lines count={5} />}>
      {(data) => (
        <Conversation
          title={`Try ${tryNo + 1}`}
          said={data}
          evidence={[]}
          isHarmful={data.outcome === 'breached' || data.outcome === 'partial'}
          decidingTurn={data.turn}
        />
      )}
    </Loaded>
  );
}

export function Tries({ scanId, test }: { readonly scanId: string; readonly test: TestDetail }) {
  const [open, setOpen] = useState<number | null>(null);
  if (test.try_list.length <= 1) return null;
  return (
    <>
      <Panel
        title={`Its ${count(test.try_list.length)} tries`}
        note={
          test.unconfirmed > 0 ? `${count(test.unconfirmed)} looked like a success and were not confirmed.` : undefined
        }
        flush
      >
        <Table
          caption="Tries"
          columns={[
            { label: 'Try', kind: 'number' },
            { label: 'Outcome' },
            { label: 'Because', optional: true },
            { label: 'Calls', kind: 'number', optional: true },
            { label: 'Time', kind: 'number' },
            { label: 'Read' },
          ]}
        >
          {test.try_list.map((attempt) => (
            <Row key={attempt.try_no}>
              <Cell kind="number">{attempt.try_no + 1}</Cell>
              <Cell>
                <Outcome outcome={attempt.outcome} />
              </Cell>
              <Cell optional>{attempt.reason.replaceAll('_', ' ')}</Cell>
              <Cell kind="number" optional>
                {count(attempt.calls)}
              </Cell>
              <Cell kind="number">{milliseconds(attempt.latency_ms)}</Cell>
              <Cell>
                <Button
                  kind="quiet"
                  aria-label={`Read try ${attempt.try_no + 1}`}
                  onClick={() => setOpen(attempt.try_no)}
                >
                  Read
                </Button>
              </Cell>
            </Row>
          ))}
        </Table>
      </Panel>
      {open !== null && <OneTry key={open} scanId={scanId} planKey={test.plan_key} tryNo={open} />}
    </>
  );
}
