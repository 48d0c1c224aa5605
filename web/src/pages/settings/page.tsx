// What belongs to the reader: the password, and what this server is.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Problem } from '../../parts/states.tsx';
import { ServerPanel } from './server-panel.tsx';

const SHORTEST = 12;

function Password({ hasOne }: { readonly hasOne: boolean }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => ask('/session/password', { method: 'PUT', body: { password, ...(hasOne ? { current } : {}) } }),
    onSuccess: () => {
      setCurrent('');
      setPassword('');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Panel title={hasOne ? 'Change your password' : 'Set a password'} note="Your other sessions end.">
      <form onSubmit={submit} className="flex max-w-sm flex-col gap-3">
        {hasOne && (
          <Field label="The one that holds now">
            <TextInput
              type="password"
              autoComplete="current-password"
              required
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          </Field>
        )}
        <Field label="New password" hint={`At least ${SHORTEST} characters.`}>
          <TextInput
            type="password"
            autoComplete="new-password"
            required
            minLength={SHORTEST}
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {save.isError && <Problem error={save.error} />}
        {save.isSuccess && <p role="status">Saved.</p>}
        <div>
          <Button type="submit" kind="main" disabled={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}

export function Page() {
  const session = useSession();
  return (
    <>
      <PageHead title="Settings" />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {session?.user && <Password key={String(session.user.has_password)} hasOne={session.user.has_password} />}
        <Panel title="You">
          <Facts
            rows={[
              ['Signed in as', session?.user?.name ?? session?.key?.name ?? 'nobody'],
              ['Role', session?.user?.role ?? 'key'],
              ['You may', session?.scopes.join(', ') ?? 'nothing'],
              ['Project', session?.project?.name ?? 'none'],
            ]}
          />
        </Panel>
        <ServerPanel />
      </div>
    </>
  );
}
