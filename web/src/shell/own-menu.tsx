// What belongs to the reader: who they are, the project, the theme, and the way out.
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { ask } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { chooseProject, setSession, useSession } from '../api/session.ts';
import { Button } from '../parts/button.tsx';
import { chooseTheme, type Theme, themes, useTheme } from './theme.ts';

const labels: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const selectLook = 'min-w-0 max-w-32 rounded-md border border-edge bg-paper px-1.5 py-1 text-xs text-ink';

function ProjectChoice() {
  const session = useSession();
  const id = useId();
  if (!session || session.projects.length < 2) return null;
  return (
    <div className="flex items-center justify-between gap-2">
      <label htmlFor={id} className="text-soft">
        Project
      </label>
      <select
        id={id}
        className={selectLook}
        value={session.project?.id ?? ''}
        onChange={(event) => {
          chooseProject(event.target.value);
          // Everything on the page belongs to the other project: it begins anew.
          location.assign('/');
        }}
      >
        {session.projects.map(({ id: each, name }) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-2">
      <label htmlFor={id} className="text-soft">
        Theme
      </label>
      <select
        id={id}
        className={selectLook}
        value={theme}
        onChange={(event) => chooseTheme(event.target.value as Theme)}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {labels[each]}
          </option>
        ))}
      </select>
    </div>
  );
}

export function OwnMenu() {
  const session = useSession();
  const leave = useMutation({
    mutationFn: () => ask('/session', { method: 'DELETE' }),
    onSuccess: () => {
      queryClient.clear();
      chooseProject(null);
      setSession(null);
    },
  });
  return (
    <div className="flex flex-col gap-2 border-t border-hair px-2 pt-3 text-xs">
      <Link to="/dashboard/settings" className="font-medium [overflow-wrap:anywhere] hover:underline">
        {session?.user?.name ?? session?.key?.name}
        <span className="font-normal text-soft"> {session?.user?.role}</span>
      </Link>
      <ProjectChoice />
      <ThemeChoice />
      <Button disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </Button>
    </div>
  );
}
