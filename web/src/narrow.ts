// Whether the screen is as narrow as a telephone's.
import { useSyncExternalStore } from 'react';

const narrow = matchMedia('(max-width: 47.99rem)');

export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
