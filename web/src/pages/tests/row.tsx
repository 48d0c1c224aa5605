// One test as a row: what was asked, by which attack, how it ended.
import { Link } from '@tanstack/react-router';
import type { TestEntry } from '../../api/shapes.ts';
import { Badge, Outcome, Severity } from '../../parts/badge.tsx';

interface TestRowProps {
  readonly scanId: string;
  readonly row: TestEntry;
  readonly place: number;
  readonly top: number;
  readonly height: number;
  readonly isChosen: boolean;
}

export function TestRow({ scanId, row, place, top, height, isChosen }: TestRowProps) {
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={place}
      aria-selected={isChosen}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
      className={`absolute inset-x-0 top-0 grid grid-cols-1 gap-x-4 border-b border-hair px-4 py-2 hover:bg-ground md:grid-cols-[7rem_minmax(0,1fr)_14rem_6rem] md:items-center ${isChosen ? 'bg-tint' : ''}`}
    >
      <div role="gridcell" className="flex items-center gap-2">
        <Outcome outcome={row.outcome} />
        <span className="md:hidden">
          <Severity severity={row.severity} />
        </span>
        {row.mark && (
          <Badge tone="accent" title={`${row.mark.by}: ${row.mark.reason}`}>
            marked
          </Badge>
        )}
      </div>
      <div role="gridcell" className="min-w-0">
        <Link
          to="/dashboard/scans/$id/tests/$key"
          params={{ id: scanId, key: row.plan_key }}
          className="line-clamp-1 text-ink underline-offset-2 hover:underline"
          dir="auto"
        >
          {row.request || row.case_id}
        </Link>
        <p className="line-clamp-1 text-xs text-soft">
          {row.dataset_name} / {row.subcategory}
        </p>
      </div>
      <div role="gridcell" className="min-w-0">
        <p className="line-clamp-1">{row.attack_title}</p>
        <p className="line-clamp-1 text-xs text-soft">{row.reason.replaceAll('_', ' ')}</p>
      </div>
      <div role="gridcell" className="max-md:hidden">
        <Severity severity={row.severity} />
      </div>
    </div>
  );
}
