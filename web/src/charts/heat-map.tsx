// A table of shares: the darker, the more tests were breached; hatched where too few are decided; grey where none is.
import { Link } from '@tanstack/react-router';
import { count, FEWEST_TESTS, interval, percent, type Rated } from '../numbers.ts';

export interface HeatCell {
  readonly rate: Rated;
  /** Asked so far, decided or not. */
  readonly tests: number;
}

export interface HeatMapProps {
  readonly caption: string;
  readonly rows: readonly { readonly id: string; readonly label: string }[];
  readonly columns: readonly { readonly id: string; readonly label: string }[];
  readonly cellOf: (row: string, column: string) => HeatCell | undefined;
  /** Where the rows behind a cell are. */
  readonly searchOf: (row: string, column: string) => Record<string, string>;
  readonly to: string;
}

/** Text must be read on every shade: from here on it is white. */
const DARK_FROM = 0.83;

function look({ rate, n }: Rated): { className: string; style: { backgroundColor: string } } {
  if (rate === null) return { className: 'text-unknown', style: { backgroundColor: 'var(--unknown-tint)' } };
  const share = Math.round(rate * 100);
  const isThin = n < FEWEST_TESTS;
  return {
    className: `${rate >= DARK_FROM ? 'text-heat-high' : 'text-heat-low'} ${isThin ? 'hatched' : ''}`,
    style: { backgroundColor: `color-mix(in oklab, var(--heat) ${share}%, var(--heat-none))` },
  };
}

function Cell({
  cell,
  name,
  to,
  search,
}: {
  readonly cell: HeatCell | undefined;
  readonly name: string;
  readonly to: string;
  readonly search: Record<string, string>;
}) {
  if (cell === undefined) return <td className="p-0.5 text-center text-soft">-</td>;
  const { rate } = cell;
  // Said as it is shown: whoever steers by voice says what they see.
  const said =
    rate.rate === null
      ? `${name}: none of ${count(cell.tests)} decided`
      : `${name}: ${percent(rate.rate, 0)} breached (${count(rate.k)} of ${count(rate.n)}), 95 % interval ${interval(rate)}`;
  const { className, style } = look(rate);
  return (
    <td className="p-0.5">
      <Link
        to={to}
        search={search}
        title={said}
        aria-label={said}
        style={style}
        className={`block min-w-12 rounded-sm px-1 py-1.5 text-center text-xs font-medium ${className}`}
      >
        {rate.rate === null ? '?' : percent(rate.rate, 0)}
      </Link>
    </td>
  );
}

export function HeatMap({ caption, rows, columns, cellOf, searchOf, to }: HeatMapProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="overflow-x-auto px-3 pb-2" aria-label={caption} tabIndex={0}>
      <table className="w-full border-separate border-spacing-0 text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 bg-paper px-2 py-1 text-left align-bottom font-medium text-soft"
            >
              Dataset
            </th>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col" className="px-1 py-1 align-bottom font-medium text-soft">
                <span className="inline-block min-w-16 max-w-24 break-words">{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="sticky left-0 z-10 min-w-36 bg-paper px-2 py-1 text-left font-normal">
                {row.label}
              </th>
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  cell={cellOf(row.id, column.id)}
                  name={`${row.label}, ${column.label}`}
                  to={to}
                  search={searchOf(row.id, column.id)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function HeatLegend() {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 pb-3 text-xs text-soft">
      <span className="flex items-center gap-1.5">
        0 %
        <span
          className="inline-block h-3 w-24 rounded-sm"
          style={{ background: 'linear-gradient(to right, var(--heat-none), var(--heat))' }}
          aria-hidden="true"
        />
        100 % breached
      </span>
      <span className="flex items-center gap-1.5">
        <span className="hatched inline-block h-3 w-6 rounded-sm bg-sunken" aria-hidden="true" />
        fewer than {FEWEST_TESTS} decided
      </span>
      <span className="flex items-center gap-1.5">
        <span className="inline-block h-3 w-6 rounded-sm bg-unknown-tint" aria-hidden="true" />? none decided
      </span>
      <span>- nothing asked</span>
    </p>
  );
}
