// Who is signed in: by an API key that this tab alone keeps.
import { useSyncExternalStore } from 'react';

const PLACE = 'redoubt-key';
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) listener();
};

const kept = (): string | null => sessionStorage.getItem(PLACE);

export function signIn(key: string): void {
  sessionStorage.setItem(PLACE, key);
  tell();
}

export function forget(): void {
  if (kept() === null) return;
  sessionStorage.removeItem(PLACE);
  tell();
}

/** The headers that say who asks. */
export function authorisation(_method: string): Record<string, string> {
  const key = kept();
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

export const useIsSignedIn = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => kept() !== null,
  );
