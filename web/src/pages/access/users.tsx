// Users: added with a sign-in link that is shown once, given another role, let in no longer.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import type { SignInLink, User } from '../../api/shapes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded, Problem } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

const roles = [
  ['admin', 'admin: all projects and users'],
  ['member', 'member: scans and guard'],
  ['viewer', 'viewer: reads'],
] as const;

function LinkShown({ link, name }: { readonly link: SignInLink; readonly name: string }) {
  return (
    <div role="status" className="mt-3 rounded-md border border-accent bg-tint p-3">
      <p className="mb-2">
        The sign-in link of <strong>{name}</strong>. It signs in once, until <Time at={link.expires_at} />, and is shown
        this once:
      </p>
      <p className="mb-2 rounded-md bg-paper p-2 font-mono text-xs [overflow-wrap:anywhere]">{link.link}</p>
      <Copy text={link.link} label="Copy the link" />
    </div>
  );
}

function NewUser() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState('member');
  const add = useMutation({
    mutationFn: () => ask<SignInLink & { user: User }>('/users', { method: 'POST', body: { name, role } }),
    onSuccess: () => {
      setName('');
      return client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Panel title="New user">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Name">
          <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Role">
          <Select value={role} onChange={(event) => setRole(event.target.value)}>
            {roles.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        {add.isError && <Problem error={add.error} />}
        <div>
          <Button type="submit" kind="main" disabled={add.isPending}>
            Add user
          </Button>
        </div>
      </form>
      {add.data && <LinkShown link={add.data} name={add.data.user.name} />}
    </Panel>
  );
}

function UserRow({ user, onLink }: { readonly user: User; readonly onLink: (name: string, link: SignInLink) => void }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: { role?: string; disabled?: boolean }) =>
      ask(`/users/${encodeURIComponent(user.id)}`, { method: 'PATCH', body }),
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  const reset = useMutation({
    mutationFn: () => ask<SignInLink>(`/users/${encodeURIComponent(user.id)}/reset`, { method: 'POST' }),
    onSuccess: (link) => onLink(user.name, link),
  });
  const error = change.error ?? reset.error;
  return (
    <Row>
      <Cell kind="free">
        <span className="font-medium">{user.name}</span> {user.disabled && <Badge tone="unknown">disabled</Badge>}
        {user.email && <span className="block text-xs text-soft">{user.email}</span>}
        {error && <Problem error={error} />}
      </Cell>
      <Cell>
        <Select
          aria-label={`Role of ${user.name}`}
          className="min-w-28"
          value={user.role}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ role: event.target.value })}
        >
          {roles.map(([id]) => (
            <option key={id}>{id}</option>
          ))}
        </Select>
      </Cell>
      <Cell optional>{user.has_password ? 'set' : 'none yet'}</Cell>
      <Cell optional>
        <Time at={user.created_at} />
      </Cell>
      <Cell>
        <div className="flex flex-wrap gap-2">
          <Button aria-label={`New link for ${user.name}`} disabled={reset.isPending} onClick={() => reset.mutate()}>
            New link
          </Button>
          <Button
            aria-label={user.disabled ? `Enable ${user.name}` : `Disable ${user.name}`}
            kind={user.disabled ? 'plain' : 'danger'}
            disabled={change.isPending}
            onClick={() => change.mutate({ disabled: !user.disabled })}
          >
            {user.disabled ? 'Enable' : 'Disable'}
          </Button>
        </div>
      </Cell>
    </Row>
  );
}

export function Page() {
  const users = useQuery({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await ask<{ users: User[] }>('/users', { signal })).users,
  });
  const [shown, setShown] = useState<{ name: string; link: SignInLink } | null>(null);
  return (
    <>
      <PageHead title="Users" />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel flush>
          <Loaded query={users} waiting={<Lines count={5} className="px-4" />}>
            {(entries) => (
              <Table
                caption="Users"
                columns={[
                  { label: 'User' },
                  { label: 'Role' },
                  { label: 'Password', optional: true },
                  { label: 'Since', optional: true },
                  { label: 'Change' },
                ]}
              >
                {entries.map((user) => (
                  <UserRow key={user.id} user={user} onLink={(name, link) => setShown({ name, link })} />
                ))}
              </Table>
            )}
          </Loaded>
          {shown && (
            <div className="px-4 pb-4">
              <LinkShown link={shown.link} name={shown.name} />
            </div>
          )}
        </Panel>
        <NewUser />
      </div>
    </>
  );
}
