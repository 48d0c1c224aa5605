// What a person decides on a finding: accepted until a day, or a false positive; always with a reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { Finding } from '../../api/shapes.ts';
import { AskDialog } from '../../parts/ask-dialog.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Select, TextInput, WhyField } from '../../parts/field.tsx';
import { Time } from '../../parts/time.tsx';

interface DecideFindingProps {
  readonly fingerprint: string;
  readonly name: string;
  readonly decision: Finding['decision'];
}

/** The end of the day in the reader's zone. */
const endOfDay = (day: string): string | null => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());

function useRefresh() {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ['findings'] });
    await client.invalidateQueries({ queryKey: ['scan'] });
  };
}

function Decided({
  fingerprint,
  name,
  decision,
}: DecideFindingProps & { readonly decision: NonNullable<Finding['decision']> }) {
  const refresh = useRefresh();
  const reopen = useMutation({
    mutationFn: () => ask(`/findings/${encodeURIComponent(fingerprint)}/decision`, { method: 'DELETE' }),
    onSuccess: refresh,
  });
  return (
    <div className="flex flex-col items-start gap-1">
      <p className="text-xs">
        {decision.by}: {decision.reason}
        {decision.until !== null && (
          <>
            {' '}
            until <Time at={decision.until} />
          </>
        )}
      </p>
      <Button
        kind="quiet"
        aria-label={`Open ${name} again`}
        disabled={reopen.isPending}
        onClick={() => reopen.mutate()}
      >
        Open again
      </Button>
    </div>
  );
}

export function DecideFinding({ fingerprint, name, decision }: DecideFindingProps) {
  const refresh = useRefresh();
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState('accepted');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const decide = useMutation({
    mutationFn: () =>
      ask(`/findings/${encodeURIComponent(fingerprint)}/decision`, {
        method: 'PUT',
        body: { kind, reason, until: kind === 'accepted' ? endOfDay(until) : null },
      }),
    onSuccess: async () => {
      setOpen(false);
      await refresh();
    },
  });
  if (decision !== null) return <Decided fingerprint={fingerprint} name={name} decision={decision} />;
  return (
    <>
      <Button aria-label={`Decide on ${name}`} onClick={() => setOpen(true)}>
        Decide
      </Button>
      <AskDialog
        title={`Decide on ${name}`}
        yes="Save"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onYes={() => decide.mutate()}
        isBusy={decide.isPending}
        mayNot={reason.trim() === ''}
        error={decide.error}
      >
        <Field label="It is">
          <Select value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="accepted">accepted: known, and borne for now</option>
            <option value="false_positive">a false positive</option>
          </Select>
        </Field>
        <WhyField rows={3} value={reason} onChange={setReason} />
        {kind === 'accepted' && (
          <Field label="Until" hint="Empty: without an end">
            <TextInput type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </Field>
        )}
      </AskDialog>
    </>
  );
}
