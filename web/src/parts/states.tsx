// What stands where data will stand: not here yet, none there, or what went wrong.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client.ts';
import { Button } from './button.tsx';

/** A grey line as long as the text that is coming. */
export function Line({ className = 'h-4 w-full' }: { readonly className?: string }) {
  return <div aria-hidden="true" className={`skeleton ${className}`} />;
}

export function Lines({ count = 4, className = '' }: { readonly count?: number; readonly className?: string }) {
  return (
    <div className={`flex flex-col gap-3 py-2 ${className}`} aria-busy="true">
      <span className="sr-only">Loading</span>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Line key={row} className={`h-4 ${row % 3 === 2 ? 'w-2/3' : 'w-full'}`} />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly tools?: ReactNode;
}

export function Empty({ title, children, tools }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      <p className="text-base font-medium">{title}</p>
      {children && <div className="max-w-lg text-sm text-soft">{children}</div>}
      {tools && <div className="mt-2 flex flex-wrap justify-center gap-2">{tools}</div>}
    </div>
  );
}

interface ProblemProps {
  readonly error: unknown;
  readonly onAgain?: () => void;
}

/** Whether the same call may be answered otherwise: what the server refuses as asked, it refuses again. */
const mayPass = (problem: ApiProblem | null): boolean =>
  problem === null || problem.status === 0 || problem.status >= 500 || [408, 429].includes(problem.status);

export function Problem({ error, onAgain }: ProblemProps) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert" className="rounded-md border border-breached bg-breached-tint px-3 py-2 text-sm text-ink">
      <p>{error instanceof Error ? error.message : 'Something went wrong.'}</p>
      {problem && problem.lines.length > 0 && (
        <ul className="mt-2 max-h-60 overflow-y-auto font-mono text-xs" aria-label="Bad lines">
          {problem.lines.map(({ line, text }) => (
            <li key={`${line} ${text}`}>
              <strong>line {line}:</strong> {text}
            </li>
          ))}
        </ul>
      )}
      {onAgain && mayPass(problem) && (
        <div className="mt-2">
          <Button onClick={onAgain}>Try again</Button>
        </div>
      )}
    </div>
  );
}

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** As high as what comes, so that nothing jumps. */
  readonly waiting?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** The data once they are there; old ones stay while new ones are asked for. */
export function Loaded<Data>({ query, waiting, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Problem error={query.error} onAgain={() => void query.refetch()} />;
  return <>{waiting ?? <Lines />}</>;
}
