// How a whole falls into parts, as one bar; the numbers stand below it, so that no colour has to be told apart.
import { Link } from '@tanstack/react-router';
import { count } from '../numbers.ts';

export interface Part {
  readonly label: string;
  readonly n: number;
  readonly tone: 'breached' | 'partial' | 'held' | 'refused' | 'unknown' | 'edge';
  readonly rows?: { readonly to: string; readonly search: Record<string, string> };
}

const fills = {
  breached: 'bg-breached',
  partial: 'bg-partial',
  held: 'bg-held',
  refused: 'bg-refused',
  unknown: 'bg-unknown',
  edge: 'bg-edge',
} as const;

interface ShareBarProps {
  readonly parts: readonly Part[];
  /** What is still to come counts too, as empty room. */
  readonly total: number;
}

export function ShareBar({ parts, total }: ShareBarProps) {
  return (
    <div>
      <div className="flex h-3 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
        {parts.map(({ label, n, tone }) => (
          <div key={label} className={fills[tone]} style={{ width: `${total === 0 ? 0 : (100 * n) / total}%` }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs">
        {parts.map(({ label, n, tone, rows }) => (
          <li key={label} className="flex items-center gap-1.5">
            <span className={`inline-block size-2.5 rounded-sm ${fills[tone]}`} aria-hidden="true" />
            {rows ? (
              <Link to={rows.to} search={rows.search} className="underline-offset-2 hover:underline">
                {label} {count(n)}
              </Link>
            ) : (
              <span>
                {label} {count(n)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
