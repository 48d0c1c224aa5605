// Whether the server answers. Once it does not, it is asked every two seconds; when it is back, everyone hears of it.
import { useSyncExternalStore } from 'react';

const ASK_EVERY_MS = 2000;

type Listener = () => void;
const listeners = new Set<Listener>();
const returned = new Set<Listener>();
let isLost = false;

function setLost(lost: boolean): void {
  if (isLost === lost) return;
  isLost = lost;
  for (const listener of listeners) listener();
  if (lost) setTimeout(askAgain, ASK_EVERY_MS);
  else for (const listener of returned) listener();
}

async function askAgain(): Promise<void> {
  try {
    if ((await fetch('/healthz', { cache: 'no-store' })).ok) return setLost(false);
  } catch {
    // Still gone.
  }
  setTimeout(askAgain, ASK_EVERY_MS);
}

/** Said by whoever asked and got no answer at all. */
export const noteLost = (): void => setLost(true);

export const onReturn = (listener: Listener): (() => void) => {
  returned.add(listener);
  return () => void returned.delete(listener);
};

const subscribe = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useIsLost = (): boolean => useSyncExternalStore(subscribe, () => isLost);
