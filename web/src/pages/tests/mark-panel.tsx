// What a person says of a verdict: another outcome, with a reason. It stands beside the verdict in every artifact.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import type { TestDetail } from '../../api/shapes.ts';
import { Outcome } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Select, WhyField } from '../../parts/field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Problem } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';

const sayings = ['defended', 'refused', 'partial', 'breached'] as const;
const isSafe = (outcome: string): boolean => outcome === 'defended' || outcome === 'refused';

/** What a person may say of a verdict; only one that told of a breach can be a false positive. */
const labelOf = (said: string, verdict: string): string =>
  `${isSafe(said) && ['breached', 'partial'].includes(verdict) ? 'false positive: ' : ''}it was ${said}`;

interface MarkPanelProps {
  readonly scanId: string;
  readonly test: TestDetail;
}

export function MarkPanel({ scanId, test }: MarkPanelProps) {
  const client = useQueryClient();
  const path = `/scans/${encodeURIComponent(scanId)}/marks/${encodeURIComponent(test.plan_key)}`;
  const [outcome, setOutcome] = useState(isSafe(test.outcome) ? 'breached' : 'defended');
  const [reason, setReason] = useState('');
  const done = { onSuccess: () => void client.invalidateQueries({ queryKey: ['scan', scanId] }) };
  const mark = useMutation({ mutationFn: () => ask(path, { method: 'PUT', body: { outcome, reason } }), ...done });
  const unmark = useMutation({ mutationFn: () => ask(path, { method: 'DELETE' }), ...done });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mark.mutate();
  };
  const error = mark.error ?? unmark.error;
  return (
    <Panel title="Is the verdict wrong?">
      {test.mark ? (
        <div className="flex flex-col items-start gap-2">
          <p>
            {test.mark.by} says <Outcome outcome={test.mark.outcome} />: {test.mark.reason}
          </p>
          <p className="text-xs text-soft">
            <Time at={test.mark.at} />
          </p>
          <Button disabled={unmark.isPending} onClick={() => unmark.mutate()}>
            Take it back
          </Button>
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Field label="What it was">
            <Select value={outcome} onChange={(event) => setOutcome(event.target.value)}>
              {sayings
                .filter((id) => id !== test.outcome)
                .map((id) => (
                  <option key={id} value={id}>
                    {labelOf(id, test.outcome)}
                  </option>
                ))}
            </Select>
          </Field>
          <WhyField rows={2} value={reason} onChange={setReason} />
          <div>
            <Button type="submit" disabled={mark.isPending || reason.trim() === ''}>
              Mark as wrong
            </Button>
          </div>
        </form>
      )}
      {error !== null && (
        <div className="mt-2">
          <Problem error={error} />
        </div>
      )}
    </Panel>
  );
}
