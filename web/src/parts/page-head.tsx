// The head of a page: its title, what it is for, what can be done on it. Sets the title of the window too.
import { type ReactNode, useEffect } from 'react';

interface PageHeadProps {
  readonly title: string;
  readonly above?: ReactNode;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
}

export function PageHead({ title, above, note, tools }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} - Redoubt`;
  }, [title]);
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {above && <div className="mb-1 text-xs text-soft">{above}</div>}
        <h1 className="text-xl font-semibold [overflow-wrap:anywhere]">{title}</h1>
        {note && <div className="mt-1 max-w-3xl text-sm text-soft">{note}</div>}
      </div>
      {tools && <div className="flex flex-wrap gap-2">{tools}</div>}
    </div>
  );
}
