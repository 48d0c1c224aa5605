// A table of any length, of which only the rows in sight are drawn. j and k move, Enter opens.

import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { TestEntry } from '../../api/shapes.ts';
import { useIsNarrow } from '../../narrow.ts';
import { TestRow } from './row.tsx';

const ROW_PX = 58;
const NARROW_ROW_PX = 128;
/** So many rows before the end more are asked for. */
const AHEAD = 30;

interface TestTableProps {
  readonly scanId: string;
  readonly rows: readonly TestEntry[];
  readonly total: number;
  readonly isOld: boolean;
  readonly onEnd: () => void;
}

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

export function TestTable({ scanId, rows, total, isOld, onEnd }: TestTableProps) {
  const place = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => (isNarrow ? NARROW_ROW_PX : ROW_PX),
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) onEnd();
  }, [last, rows.length, onEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [isNarrow]);
  const move = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const row = rows[chosen];
    if (event.key === 'Enter' && event.target === place.current && row)
      void navigate({ to: '/dashboard/scans/$id/tests/$key', params: { id: scanId, key: row.plan_key } });
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, chosen + step));
    setChosen(next);
    virtual.scrollToIndex(next);
  };
  return (
    <div
      ref={place}
      role="grid"
      aria-label="Tests. j and k move, Enter opens."
      aria-rowcount={total}
      tabIndex={0}
      onKeyDown={move}
      className={`h-[calc(100dvh-16rem)] min-h-96 overflow-y-auto border-t border-hair ${isOld ? 'opacity-60' : ''}`}
    >
      <div role="rowgroup" className="relative w-full" style={{ height: `${virtual.getTotalSize()}px` }}>
        {items.map(({ index, start, size }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <TestRow
              key={row.test_no}
              scanId={scanId}
              row={row}
              place={index + 1}
              top={start}
              height={size}
              isChosen={index === chosen}
            />
          );
        })}
      </div>
    </div>
  );
}
