// What belongs to the reader: the theme, and the way out.
import { useId } from 'react';
import { queryClient } from '../api/query-client.ts';
import { forget } from '../api/session.ts';
import { Button } from '../parts/button.tsx';
import { chooseTheme, type Theme, themes, useTheme } from './theme.ts';

const labels: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

export function OwnMenu() {
  const theme = useTheme();
  const id = useId();
  return (
    <div className="flex flex-col gap-2 border-t border-hair px-2 pt-3 text-xs">
      <div className="flex items-center justify-between gap-2">
        <label htmlFor={id} className="text-soft">
          Theme
        </label>
        <select
          id={id}
          value={theme}
          onChange={(event) => chooseTheme(event.target.value as Theme)}
          className="rounded-md border border-edge bg-paper px-1.5 py-1 text-xs text-ink"
        >
          {themes.map((each) => (
            <option key={each} value={each}>
              {labels[each]}
            </option>
          ))}
        </select>
      </div>
      <Button
        kind="plain"
        onClick={() => {
          forget();
          queryClient.clear();
        }}
      >
        Sign out
      </Button>
    </div>
  );
}
