// How much the guard decided lately and how quickly: counts by the hour, percentiles, what each rule found.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { GuardTraffic } from '../../api/shapes.ts';
import { count, milliseconds } from '../../numbers.ts';
import { Field, Select } from '../../parts/field.tsx';
import { Figure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';
import { useFilters } from '../../search.ts';

const LOOK_EVERY_MS = 10_000;

const windows = [
  ['1', 'last hour'],
  ['24', 'last day'],
  ['168', 'last week'],
  ['720', 'last 30 days'],
] as const;

const hour = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

type Hour = GuardTraffic['by_hour'][number];

const HOUR_MS = 3_600_000;
/** More bars than this leave no room between them. */
const MOST_APART = 60;

/** The hours without a decision too: else an hour would not be as wide as another. */
function everyHour(hours: readonly Hour[], span: number, now: number): Pick<Hour, 'at' | 'n' | 'denied'>[] {
  const decided = new Map(hours.map((each) => [Date.parse(each.at), each]));
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  return Array.from({ length: span + 1 }, (_, index) => {
    const at = last - (span - index) * HOUR_MS;
    return decided.get(at) ?? { at: new Date(at).toISOString(), n: 0, denied: 0 };
  });
}

function Hours({ hours, span }: { readonly hours: readonly Hour[]; readonly span: number }) {
  const bars = everyHour(hours, span, Date.now());
  const most = Math.max(1, ...hours.map(({ n }) => n));
  return (
    <div>
      <ol
        className={`flex h-16 items-end border-b border-edge ${bars.length > MOST_APART ? '' : 'gap-px'}`}
        aria-label="Decisions by the hour"
      >
        {bars.map(({ at, n, denied }) => {
          const said = `${hour.format(new Date(at))}: ${count(n)} decided, ${count(denied)} denied`;
          return (
            <li key={at} title={said} aria-hidden={n === 0} className="flex h-full min-w-0 flex-1 flex-col justify-end">
              <span className="sr-only">{said}</span>
              <span className="block bg-breached" style={{ height: `${(100 * denied) / most}%` }} aria-hidden="true" />
              <span
                className="block bg-edge"
                style={{ height: `${(100 * (n - denied)) / most}%` }}
                aria-hidden="true"
              />
            </li>
          );
        })}
      </ol>
      <p className="mt-1 flex justify-between gap-4 text-xs text-soft">
        <span>{hour.format(new Date(bars[0]?.at ?? 0))}</span>
        <span>{count(most)} an hour at most; red: denied</span>
        <span>now</span>
      </p>
    </div>
  );
}

const percentiles = ['p50', 'p90', 'p95', 'p99'] as const;

function Figures({ traffic }: { readonly traffic: GuardTraffic }) {
  const { total, latency_ms: latency } = traffic;
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
      <Figure title="Decided" value={count(total.n)} note={traffic.truncated ? 'the latest of more' : undefined} />
      <Figure
        title="Denied"
        value={count(total.denied)}
        note={`${count(total.flagged)} flagged, ${count(total.undecided)} undecided`}
      />
      {percentiles.map((key) => {
        const value = latency[key];
        return (
          <Figure
            key={key}
            title={`Time, ${key}`}
            value={value === null ? 'unknown' : milliseconds(value)}
            isUnknown={value === null}
            note={`n ${count(latency.n)}`}
          />
        );
      })}
    </div>
  );
}

export function TrafficPanel() {
  const [search, setSearch] = useFilters();
  const hours = search.hours ?? '24';
  const traffic = useQuery({
    queryKey: ['guard-traffic', hours],
    queryFn: ({ signal }) => ask<GuardTraffic>('/guard/traffic', { query: { hours }, signal }),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <Panel
      title="Traffic"
      tools={
        <Field label="Over the" className="w-36">
          <Select value={hours} onChange={(event) => setSearch({ hours: event.target.value })}>
            {windows.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      }
    >
      <Loaded query={traffic} waiting={<Lines count={4} />}>
        {(data) => (
          <div className="flex flex-col gap-4">
            <Figures traffic={data} />
            {data.by_hour.length > 0 && <Hours hours={data.by_hour} span={Number(hours)} />}
            <p className="text-xs text-soft">{data.sampled}</p>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
