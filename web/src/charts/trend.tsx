// How a share went from scan to scan: a line through the points, each with its interval; each point leads to its scan.
import { Link } from '@tanstack/react-router';
import { interval, percent, type Rated } from '../numbers.ts';

export interface TrendPoint {
  readonly id: string;
  readonly name: string;
  readonly rate: Rated;
}

const WIDTH = 240;
const HEIGHT = 84;
const EDGE = 8;

const y = (share: number): number => HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);

export function Trend({ points, label }: { readonly points: readonly TrendPoint[]; readonly label: string }) {
  const known = points.filter(({ rate }) => rate.rate !== null);
  const x = (index: number): number =>
    known.length === 1 ? WIDTH / 2 : EDGE + (index * (WIDTH - 2 * EDGE)) / (known.length - 1);
  if (known.length === 0) return <p className="text-xs text-unknown">no trend yet</p>;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-20 w-full max-w-72" role="group" aria-label={label}>
      <line x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} className="stroke-hair" />
      <polyline
        points={known.map(({ rate }, index) => `${x(index)},${y(rate.rate ?? 0)}`).join(' ')}
        fill="none"
        strokeWidth="1.5"
        className="stroke-edge"
      />
      {known.map(({ id, name, rate }, index) => {
        const said = `${name}: ${percent(rate.rate ?? 0)} (${interval(rate)}, n ${rate.n})`;
        return (
          <Link key={id} to="/dashboard/scans/$id" params={{ id }} aria-label={said}>
            <title>{said}</title>
            <line
              x1={x(index)}
              x2={x(index)}
              y1={y(rate.low ?? 0)}
              y2={y(rate.high ?? 1)}
              strokeWidth="1.5"
              className="stroke-ink"
            />
            <circle cx={x(index)} cy={y(rate.rate ?? 0)} r="2.5" className="fill-breached" />
          </Link>
        );
      })}
    </svg>
  );
}
