// Projects: what belongs together, for how long it is kept, who is a member; and the deletion of all that one holds.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import { chooseProject, useMay, useSession } from '../../api/session.ts';
import type { Project, User } from '../../api/shapes.ts';
import { AskDialog } from '../../parts/ask-dialog.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded, Problem } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';

function NewProject() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () => ask<Project>('/projects', { method: 'POST', body: { name } }),
    onSuccess: () => {
      setName('');
      return client.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Panel title="New project" note="Scans, datasets, policies and keys of one are never seen from another.">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Name">
          <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {add.isError && <Problem error={add.error} />}
        <div>
          <Button type="submit" kind="main" disabled={add.isPending}>
            Add project
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Members({ project }: { readonly project: Project }) {
  const client = useQueryClient();
  const mayChange = useMay('admin');
  const path = `/projects/${encodeURIComponent(project.id)}/members`;
  const members = useQuery({
    queryKey: ['members', project.id],
    queryFn: async ({ signal }) => (await ask<{ members: User[] }>(path, { signal })).members,
  });
  const users = useQuery({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await ask<{ users: User[] }>('/users', { signal })).users,
    enabled: mayChange,
  });
  const change = useMutation({
    mutationFn: ({ id, on }: { id: string; on: boolean }) =>
      ask(`${path}/${encodeURIComponent(id)}`, { method: on ? 'PUT' : 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['members', project.id] }),
  });
  return (
    <Loaded query={members} waiting={<Lines count={2} />}>
      {(entries) => (
        <div className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">Members</h3>
          {entries.length === 0 && (
            <p className="text-xs text-soft">None by name; admins are at home in every project.</p>
          )}
          <ul className="flex flex-wrap gap-2">
            {entries.map((user) => (
              <li key={user.id} className="flex items-center gap-1">
                <Badge>{`${user.name}, ${user.role}`}</Badge>
                {mayChange && (
                  <Button
                    kind="quiet"
                    className="px-1! py-0!"
                    aria-label={`Remove ${user.name} from ${project.name}`}
                    onClick={() => change.mutate({ id: user.id, on: false })}
                  >
                    ✕
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {mayChange && (
            <Select
              aria-label={`Add a member to ${project.name}`}
              className="max-w-52"
              value=""
              onChange={(event) => change.mutate({ id: event.target.value, on: true })}
            >
              <option value="">add a member ...</option>
              {users.data
                ?.filter(({ id }) => !entries.some((member) => member.id === id))
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </Select>
          )}
          {change.isError && <Problem error={change.error} />}
        </div>
      )}
    </Loaded>
  );
}

function Retention({ project }: { readonly project: Project }) {
  const client = useQueryClient();
  const [days, setDays] = useState(project.retention_days === null ? '' : String(project.retention_days));
  const save = useMutation({
    mutationFn: () =>
      ask(`/projects/${encodeURIComponent(project.id)}`, {
        method: 'PATCH',
        body: { retention_days: days === '' ? null : Number(days) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  });
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field label="Days that scans and decisions are kept" hint="Empty: as redoubt.yaml says">
        <TextInput type="number" min={1} max={36500} value={days} onChange={(event) => setDays(event.target.value)} />
      </Field>
      <Button type="submit" className="mb-5" disabled={save.isPending}>
        Save
      </Button>
      {save.isError && <Problem error={save.error} />}
    </form>
  );
}

function EmptyProject({ project }: { readonly project: Project }) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => ask(`/projects/${encodeURIComponent(project.id)}/data`, { method: 'DELETE' }),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <Button kind="danger" onClick={() => setOpen(true)}>
        Delete all it holds
      </Button>
      <AskDialog
        title={`Delete all that “${project.name}” holds?`}
        yes="Delete all"
        isDanger
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onYes={() => remove.mutate()}
        isBusy={remove.isPending}
        mayNot={typed !== project.name}
        error={remove.error}
      >
        <p>Scans, datasets, policies and recorded decisions. Keys and members stay. This cannot be taken back.</p>
        <Field label="Type the name of the project">
          <TextInput value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </AskDialog>
    </>
  );
}

export function Page() {
  const session = useSession();
  const mayAdd = useMay('admin');
  const mayChange = useMay('admin');
  const projects = useQuery({
    queryKey: ['projects'],
    queryFn: async ({ signal }) => (await ask<{ projects: Project[] }>('/projects', { signal })).projects,
  });
  return (
    <>
      <PageHead title="Projects" />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Loaded
          query={projects}
          waiting={
            <Panel>
              <Lines count={5} />
            </Panel>
          }
        >
          {(entries) => (
            <div className="flex flex-col gap-4">
              {entries.map((project) => (
                <Panel
                  key={project.id}
                  title={project.name}
                  note={
                    <>
                      since <Time at={project.created_at} />
                    </>
                  }
                  tools={
                    project.id === session?.project?.id ? (
                      <Badge tone="accent">you are here</Badge>
                    ) : (
                      <Button
                        onClick={() => {
                          chooseProject(project.id);
                          location.assign('/');
                        }}
                      >
                        Go there
                      </Button>
                    )
                  }
                >
                  {mayChange && (
                    <div className="flex flex-col items-start gap-4">
                      <Retention project={project} />
                      <Members project={project} />
                      <EmptyProject project={project} />
                    </div>
                  )}
                </Panel>
              ))}
            </div>
          )}
        </Loaded>
        {mayAdd && <NewProject />}
      </div>
    </>
  );
}
