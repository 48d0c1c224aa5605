// Beside the form: what the scan would take, before the first call.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ScanEstimate } from '../../api/shapes.ts';
import { count, duration } from '../../numbers.ts';
import { Line, Problem } from '../../parts/states.tsx';

const rows: readonly { readonly label: string; readonly of: (estimate: ScanEstimate) => string }[] = [
  { label: 'Cases', of: ({ cases }) => count(cases) },
  { label: 'Tests', of: ({ tests }) => count(tests) },
  { label: 'Harmless twins', of: ({ twins }) => count(twins) },
  { label: 'Controls of searches', of: ({ controls }) => count(controls) },
  { label: 'Calls, at most', of: ({ calls }) => count(calls) },
  { label: 'Calls to the attacker model', of: ({ attacker_calls: calls }) => count(calls) },
  { label: 'Tokens sent', of: ({ tokens }) => `about ${count(tokens.prompt)}` },
  {
    label: 'Tokens answered',
    of: ({ tokens }) => (tokens.answer_at_most === null ? 'no limit' : `at most ${count(tokens.answer_at_most)}`),
  },
  {
    label: 'Cost',
    of: ({ cost }) => (cost === null ? 'price not known' : `at most ${cost.at_most.toFixed(2)} ${cost.currency}`),
  },
  { label: 'Time', of: ({ seconds }) => `about ${duration(seconds)}` },
];

export function Rail({ estimate }: { readonly estimate: UseQueryResult<ScanEstimate> }) {
  const data = estimate.data;
  return (
    <div aria-live="polite" aria-busy={estimate.isFetching}>
      {estimate.isError && <Problem error={estimate.error} />}
      <dl className="flex flex-col">
        {rows.map(({ label, of }) => (
          <div
            key={label}
            className="flex items-center justify-between gap-4 border-b border-hair py-1.5 last:border-0"
          >
            <dt className="text-soft">{label}</dt>
            <dd className={`text-right font-medium ${estimate.isFetching ? 'opacity-60' : ''}`}>
              {data ? of(data) : <Line className="h-5 w-16" />}
            </dd>
          </div>
        ))}
      </dl>
      {data && <p className="mt-2 text-xs text-soft">Time by {data.seconds_by}.</p>}
      {data && data.not_tested.length > 0 && (
        <details className="mt-3">
          <summary className="text-sm font-medium">Not tested ({data.not_tested.length})</summary>
          <ul className="mt-1 list-disc pl-5 text-xs text-soft">
            {data.not_tested.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
