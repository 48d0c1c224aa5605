// One number of a headline: its name, its value, what it was counted from and how sure it is.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count, interval, percent, type Rated } from '../numbers.ts';

interface FigureProps {
  readonly title: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly isUnknown?: boolean;
  readonly big?: boolean;
}

export function Figure({ title, value, note, isUnknown = false, big = false }: FigureProps) {
  return (
    <div className="min-w-0">
      <p className="text-xs font-medium text-soft">{title}</p>
      <p className={`font-semibold ${big ? 'text-2xl' : 'text-xl'} ${isUnknown ? 'text-unknown' : ''}`}>{value}</p>
      {note && <p className="text-xs text-soft">{note}</p>}
    </div>
  );
}

interface RateFigureProps {
  readonly title: string;
  readonly rate: Rated;
  /** What the n are. */
  readonly of: string;
  readonly big?: boolean;
  readonly none?: string;
  readonly more?: ReactNode;
  /** Where the rows behind it are. */
  readonly rows?: { readonly to: string; readonly search: Record<string, string> };
}

/** A share with its n and interval; grey and in words where nothing was counted. */
export function RateFigure({ title, rate, of, big = false, none = 'not measured', more, rows }: RateFigureProps) {
  if (rate.rate === null) return <Figure title={title} value={none} isUnknown big={false} note={more} />;
  const counted = `${count(rate.k)} of ${count(rate.n)} ${of}`;
  return (
    <Figure
      title={title}
      big={big}
      value={percent(rate.rate)}
      note={
        <>
          {rows ? (
            <Link to={rows.to} search={rows.search} className="underline underline-offset-2">
              {counted}
            </Link>
          ) : (
            counted
          )}
          <br />
          95 % interval {interval(rate)}
          {more && (
            <>
              <br />
              {more}
            </>
          )}
        </>
      }
    />
  );
}
