// The list of pages: at the side on wide screens, behind a button on narrow ones.
import { Link } from '@tanstack/react-router';
import { useSession } from '../api/session.ts';
import { placeGroups } from './places.ts';

export function Navigation({ onChosen }: { readonly onChosen?: () => void }) {
  const session = useSession();
  const groups = placeGroups
    .map((group) => ({
      ...group,
      places: group.places.filter(({ scope }) => scope === undefined || session?.scopes.includes(scope)),
    }))
    .filter(({ places }) => places.length > 0);
  return (
    <nav aria-label="Pages" className="flex flex-col gap-3 lg:gap-2">
      {groups.map((group) => (
        <div key={group.title ?? 'start'}>
          {group.title && <h2 className="mb-0.5 px-2 text-xs font-semibold text-soft">{group.title}</h2>}
          <ul>
            {group.places.map((place) => (
              <li key={place.to}>
                <Link
                  to={place.to}
                  activeOptions={{ exact: place.deep !== true, includeSearch: false }}
                  className="block rounded-md px-2 py-1 lg:py-0.5 text-sm text-ink hover:bg-sunken"
                  activeProps={{ className: 'bg-tint font-semibold text-accent!' }}
                  {...(onChosen ? { onClick: onChosen } : {})}
                >
                  {place.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
