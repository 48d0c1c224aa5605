// Where somebody comes in who is not known yet.
import { type FormEvent, useState } from 'react';
import { ask } from '../api/client.ts';
import { forget, signIn } from '../api/session.ts';
import { Button } from '../parts/button.tsx';
import { Field, TextInput } from '../parts/field.tsx';
import { Problem } from '../parts/states.tsx';
import { Mark } from './mark.tsx';

export function Entry() {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isAsking, setAsking] = useState(false);
  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault();
    setAsking(true);
    setProblem(null);
    try {
      await ask('/attacks', { key });
      signIn(key);
    } catch (error) {
      forget();
      setProblem(error);
    } finally {
      setAsking(false);
    }
  }
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center p-6">
      <Mark />
      <h1 className="mt-6 mb-1 text-xl font-semibold">Sign in</h1>
      <p className="mb-4 text-soft">With an API key of this server. It stays in this tab and is forgotten with it.</p>
      <form onSubmit={enter} className="flex flex-col gap-3">
        <Field label="API key" hint="The first start of the server prints one; `redoubt keys create` makes more.">
          <TextInput
            type="password"
            name="key"
            autoComplete="current-password"
            required
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
        {problem !== null && <Problem error={problem} />}
        <Button type="submit" kind="main" disabled={isAsking}>
          {isAsking ? 'Asking ...' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}
