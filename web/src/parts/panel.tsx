// A sheet of the page with a title of its own.
import type { ReactNode } from 'react';

interface PanelProps {
  readonly title?: ReactNode;
  /** Beside the title: what can be done here. */
  readonly tools?: ReactNode;
  readonly note?: ReactNode;
  readonly className?: string;
  /** Without room at the sides, for tables. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, tools, note, className = '', flush = false, children }: PanelProps) {
  return (
    <section className={`min-w-0 rounded-lg border border-hair bg-paper ${className}`}>
      {(title || tools) && (
        <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3 pb-1">
          {title && <h2 className="text-base font-semibold">{title}</h2>}
          {tools}
        </div>
      )}
      {note && <p className={`px-4 pb-1 text-xs text-soft ${title || tools ? '' : 'pt-4'}`}>{note}</p>}
      <div className={flush ? 'pb-1' : `px-4 pb-4 ${title || tools || note ? 'pt-2' : 'pt-4'}`}>{children}</div>
    </section>
  );
}
