// Where somebody comes in who is not known yet: by name and password, or by a link that was opened.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { API, ask } from '../api/client.ts';
import { chooseProject, setSession } from '../api/session.ts';
import type { Session, SignInWays } from '../api/shapes.ts';
import { Button, buttonLook } from '../parts/button.tsx';
import { Field, TextInput } from '../parts/field.tsx';
import { Problem } from '../parts/states.tsx';
import { Mark } from './mark.tsx';

/** The link's word stands behind the #, which no browser sends and no log sees. */
function wordOfLink(): string | null {
  if (location.pathname !== '/sign-in' || location.hash.length < 2) return null;
  return location.hash.slice(1);
}

function useLink(onProblem: (error: unknown) => void): boolean {
  const [isAsking, setAsking] = useState(wordOfLink() !== null);
  const isUsed = useRef(false);
  useEffect(() => {
    const token = wordOfLink();
    // A link signs in once: asked twice, the second answer would be that it is used up.
    if (token === null || isUsed.current) return;
    isUsed.current = true;
    history.replaceState(null, '', '/');
    ask<Session>('/session/link', { method: 'POST', body: { token } })
      .then((session) => {
        chooseProject(null);
        setSession(session);
      })
      .catch(onProblem)
      .finally(() => setAsking(false));
  }, [onProblem]);
  return isAsking;
}

function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center p-6">
      <Mark />
      <h1 className="mt-6 mb-4 text-xl font-semibold">Sign in</h1>
      {children}
    </main>
  );
}

/** Where the settings name an OIDC provider: the browser goes there and comes back signed in. */
function ByProvider() {
  const ways = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: ({ signal }) => ask<SignInWays>('/session/methods', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!ways.data?.oidc) return null;
  return (
    <a href={`${API}/session/oidc`} className={`${buttonLook('plain')} mt-3 w-full`}>
      Sign in with {ways.data.oidc.name}
    </a>
  );
}

export function Entry() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isAsking, setAsking] = useState(false);
  const isByLink = useLink(setProblem);
  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault();
    setAsking(true);
    setProblem(null);
    try {
      const session = await ask<Session>('/session/password', { method: 'POST', body: { name, password } });
      chooseProject(null);
      setSession(session);
    } catch (error) {
      setProblem(error);
      setAsking(false);
    }
  }
  if (isByLink) return <Frame>{<p role="status">Signing in ...</p>}</Frame>;
  return (
    <Frame>
      <form onSubmit={enter} className="flex flex-col gap-3">
        <Field label="Name">
          <TextInput
            name="name"
            autoComplete="username"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Password">
          <TextInput
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {problem !== null && <Problem error={problem} />}
        <Button type="submit" kind="main" disabled={isAsking}>
          {isAsking ? 'Asking ...' : 'Sign in'}
        </Button>
      </form>
      <ByProvider />
      <p className="mt-4 text-soft">
        No password yet, or lost it? The first start of the server prints a sign-in link, and{' '}
        <code>redoubt users reset</code> makes a new one.
      </p>
    </Frame>
  );
}
