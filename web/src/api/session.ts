// Who is signed in, and in which project they act. The session is a cookie that no script can read.
import { useSyncExternalStore } from 'react';
import type { Session } from './shapes.ts';

const PROJECT_PLACE = 'redoubt-project';

/** null: nobody; undefined: not known yet. */
let current: Session | null | undefined;
const listeners = new Set<() => void>();

export function setSession(session: Session | null): void {
  current = session;
  for (const listener of listeners) listener();
}

/** Said by whoever is told that nobody is signed in. */
export function forget(): void {
  if (current) setSession(null);
}

export const chosenProject = (): string | null => localStorage.getItem(PROJECT_PLACE);

export function chooseProject(id: string | null): void {
  if (id === null) localStorage.removeItem(PROJECT_PLACE);
  else localStorage.setItem(PROJECT_PLACE, id);
}

const changes: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The project that is acted in, and with a change the word that only a page of this server can send. */
export function ownHeaders(method: string): Record<string, string> {
  const project = chosenProject();
  return {
    ...(project === null ? {} : { 'x-redoubt-project': project }),
    ...(changes.has(method) ? { 'x-redoubt-csrf': '1' } : {}),
  };
}

export const useSession = (): Session | null | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => current,
  );

/** Whether whoever is signed in may do this; what is not known is not offered. */
export function useMay(scope: Session['scopes'][number]): boolean {
  const session = useSession();
  return session?.scopes.includes(scope) === true;
}
