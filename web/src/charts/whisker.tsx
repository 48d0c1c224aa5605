// A share on a line from 0 to 100 %, with its interval as a whisker.
import { count, interval, percent, type Rated } from '../numbers.ts';

interface WhiskerProps {
  readonly rate: Pick<Rated, 'rate' | 'low' | 'high' | 'n'>;
  readonly label: string;
  readonly tone?: 'breached' | 'held' | 'accent' | 'partial';
  /** Too few to say much: hatched. */
  readonly isThin?: boolean;
}

const fills = { breached: 'fill-breached', held: 'fill-held', accent: 'fill-accent', partial: 'fill-partial' } as const;

export function Whisker({ rate, label, tone = 'breached', isThin = false }: WhiskerProps) {
  const { rate: share, low, high, n } = rate;
  const said =
    share === null
      ? `${label}: not measured`
      : `${label}: ${percent(share)}, 95 % interval ${interval(rate)}, n ${count(n)}`;
  return (
    <div
      className={`relative h-4 w-full min-w-24 rounded-sm ${share === null ? 'bg-unknown-tint hatched' : 'bg-sunken'} ${isThin ? 'hatched' : ''}`}
    >
      <svg
        viewBox="0 0 100 16"
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
        className="absolute inset-0 h-full w-full overflow-visible"
      >
        {[25, 50, 75].map((x) => (
          <line key={x} x1={x} x2={x} y1="0" y2="16" className="stroke-hair [vector-effect:non-scaling-stroke]" />
        ))}
        {low !== null && high !== null && (
          <line
            x1={low * 100}
            x2={high * 100}
            y1="8"
            y2="8"
            strokeWidth="2"
            className="stroke-ink [vector-effect:non-scaling-stroke]"
          />
        )}
        {low !== null &&
          high !== null &&
          [low, high].map((end) => (
            <line
              key={end}
              x1={end * 100}
              x2={end * 100}
              y1="4.5"
              y2="11.5"
              strokeWidth="1.5"
              className="stroke-ink [vector-effect:non-scaling-stroke]"
            />
          ))}
        {share !== null && (
          <rect
            x={Math.max(0, Math.min(98.6, share * 100 - 0.7))}
            y="2"
            width="1.4"
            height="12"
            className={fills[tone]}
          />
        )}
      </svg>
    </div>
  );
}
