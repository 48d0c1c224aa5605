// A score on its scale from 0 to 1, with the threshold that it is held against.
interface MeterProps {
  readonly score: number | null;
  readonly threshold: number;
  readonly label: string;
}

const WIDTH = 100;

export function Meter({ score, threshold, label }: MeterProps) {
  const fires = score !== null && score >= threshold;
  const said =
    score === null
      ? `${label}: no score`
      : `${label}: score ${score.toFixed(3)}, threshold ${threshold.toFixed(3)}${fires ? ', fires' : ''}`;
  return (
    <svg
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={said}
      className="h-2.5 w-full min-w-24 overflow-visible"
    >
      <rect width={WIDTH} height="10" className={score === null ? 'fill-unknown-tint' : 'fill-sunken'} />
      {score !== null && <rect width={score * WIDTH} height="10" className={fires ? 'fill-breached' : 'fill-edge'} />}
      <line
        x1={threshold * WIDTH}
        x2={threshold * WIDTH}
        y1="-3"
        y2="13"
        strokeWidth="2"
        className="stroke-ink [vector-effect:non-scaling-stroke]"
      />
    </svg>
  );
}
