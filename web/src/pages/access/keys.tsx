// API keys of the project: made and shown once, with scopes and an end, and revoked.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import type { ApiKey, NewApiKey } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { AskDialog } from '../../parts/ask-dialog.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Check, Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

const scopes = [
  { id: 'scan', means: 'start and steer scans, own datasets' },
  { id: 'guard', means: 'ask the guard, change policies' },
  { id: 'read', means: 'read results' },
  { id: 'detokenize', means: 'see what a redaction token stands for' },
  { id: 'admin', means: 'keys, projects, audit' },
] as const;

const DAY_MS = 24 * 60 * 60 * 1000;
const ends = [
  ['', 'never'],
  ['7', 'in 7 days'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
] as const;

const endAfter = (days: string): string | null =>
  days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();

function ShownOnce({ made }: { readonly made: NewApiKey }) {
  return (
    <div role="status" className="rounded-md border border-accent bg-tint p-3">
      <p className="mb-2">
        <strong>{made.name}</strong> is made. This is the only time that the key is shown:
      </p>
      <p className="mb-2 rounded-md bg-paper p-2 font-mono text-sm [overflow-wrap:anywhere]" data-testid="new-key">
        {made.key}
      </p>
      <Copy text={made.key} label="Copy the key" kind="main" />
    </div>
  );
}

function NewKey() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(['scan', 'guard', 'read']);
  const [days, setDays] = useState('');
  const [limit, setLimit] = useState('');
  const make = useMutation({
    mutationFn: () =>
      ask<NewApiKey>('/keys', {
        method: 'POST',
        body: { name, scopes: chosen, expires_at: endAfter(days), rate_limit: limit === '' ? null : Number(limit) },
      }),
    onSuccess: () => {
      setName('');
      return client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Panel title="New key">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Name" hint="What it is for, so that you know which to revoke.">
          <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-sm font-medium">It may</legend>
          {scopes.map(({ id, means }) => (
            <Check
              key={id}
              checked={chosen.includes(id)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
              label={
                <>
                  {id} <span className="text-xs text-soft">{means}</span>
                </>
              }
            />
          ))}
        </fieldset>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Ends">
            <Select value={days} onChange={(event) => setDays(event.target.value)}>
              {ends.map(([id, label]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Requests a minute" hint="Empty: no limit">
            <TextInput type="number" min={1} value={limit} onChange={(event) => setLimit(event.target.value)} />
          </Field>
        </div>
        {make.isError && <Problem error={make.error} />}
        <div>
          <Button type="submit" kind="main" disabled={make.isPending || chosen.length === 0}>
            Create key
          </Button>
        </div>
        {make.data && <ShownOnce made={make.data} />}
      </form>
    </Panel>
  );
}

function stateOf({ revoked_at: revoked, expires_at: ends }: ApiKey): 'revoked' | 'expired' | 'active' {
  if (revoked !== null) return 'revoked';
  return ends !== null && Date.parse(ends) <= Date.now() ? 'expired' : 'active';
}

function Revoke({ apiKey }: { readonly apiKey: ApiKey }) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const revoke = useMutation({
    mutationFn: () => ask(`/keys/${encodeURIComponent(apiKey.id)}`, { method: 'DELETE' }),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <>
      <Button kind="danger" aria-label={`Revoke ${apiKey.name}`} onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <AskDialog
        title={`Revoke “${apiKey.name}”?`}
        yes="Revoke"
        isDanger
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onYes={() => revoke.mutate()}
        isBusy={revoke.isPending}
        error={revoke.error}
      >
        <p>Whoever uses it is refused from now on. This cannot be taken back.</p>
      </AskDialog>
    </>
  );
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const state = stateOf(apiKey);
  return (
    <Row>
      <Cell kind="free">
        <span className="font-medium">{apiKey.name}</span>
        <span className="block font-mono text-xs text-soft">
          {apiKey.prefix.startsWith('(') ? 'of the environment' : `${apiKey.prefix}...`}
        </span>
      </Cell>
      <Cell>{state === 'active' ? <Badge tone="accent">active</Badge> : <Badge tone="unknown">{state}</Badge>}</Cell>
      <Cell optional>{apiKey.scopes.join(', ')}</Cell>
      <Cell optional>
        <Time at={apiKey.last_used_at} ago />
      </Cell>
      <Cell optional>
        <Time at={apiKey.expires_at} />
        {apiKey.rate_limit !== null && (
          <span className="block text-xs text-soft">{count(apiKey.rate_limit)} a minute</span>
        )}
      </Cell>
      <Cell>{state !== 'revoked' && <Revoke apiKey={apiKey} />}</Cell>
    </Row>
  );
}

export function Page() {
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: async ({ signal }) => (await ask<{ keys: ApiKey[] }>('/keys', { signal })).keys,
  });
  return (
    <>
      <PageHead
        title="API keys"
        note="For programs: each works in the header that its API uses. Kept as hashes only."
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel flush>
          <Loaded query={keys} waiting={<Lines count={6} className="px-4" />}>
            {(entries) =>
              entries.length === 0 ? (
                <Empty title="No key yet">
                  Make one for each program, so that one can be revoked without the others.
                </Empty>
              ) : (
                <Table
                  caption="API keys"
                  columns={[
                    { label: 'Key' },
                    { label: 'State' },
                    { label: 'May', optional: true },
                    { label: 'Last used', optional: true },
                    { label: 'Ends', optional: true },
                    { label: 'Revoke' },
                  ]}
                >
                  {[...entries].reverse().map((apiKey) => (
                    <KeyRow key={apiKey.id} apiKey={apiKey} />
                  ))}
                </Table>
              )
            }
          </Loaded>
        </Panel>
        <NewKey />
      </div>
    </>
  );
}
