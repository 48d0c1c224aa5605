// Dates in the reader's own zone; the exact instant is there for whoever points at it.
const long = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function agoOf(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(seconds, 'second');
}

interface TimeProps {
  readonly at: string | number | null;
  /** How long ago, instead of the date. */
  readonly ago?: boolean;
  readonly none?: string;
}

export function Time({ at, ago = false, none = 'never' }: TimeProps) {
  if (at === null) return <span className="text-soft">{none}</span>;
  const date = new Date(at);
  return (
    <time
      dateTime={date.toISOString()}
      title={`${long.format(date)} (${date.toISOString()})`}
      className="whitespace-nowrap"
    >
      {ago ? agoOf(date.getTime(), Date.now()) : short.format(date)}
    </time>
  );
}
