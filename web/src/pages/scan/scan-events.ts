// What happens in a scan, as the server tells of it: progress goes into the cache, the latest tests are kept here.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { API } from '../../api/client.ts';
import { scanQuery } from '../../api/scans.ts';
import { chosenProject } from '../../api/session.ts';
import type { ScanDetail, TestEntry } from '../../api/shapes.ts';

const MOST_KEPT = 12;
const OPEN_AGAIN_MS = 5_000;

type Progress = Pick<
  ScanDetail,
  | 'status'
  | 'reason'
  | 'planned'
  | 'done'
  | 'decided'
  | 'outcomes'
  | 'percentage'
  | 'remaining_seconds'
  | 'calls'
  | 'spent'
  | 'pace'
>;

const dataOf = <Data>(event: Event): Data => JSON.parse((event as MessageEvent<string>).data) as Data;

/** Follows the scan while the page is open; gives its latest tests, the newest first. */
export function useScanEvents(scanId: string): readonly TestEntry[] {
  const client = useQueryClient();
  const [latest, setLatest] = useState<readonly TestEntry[]>([]);
  useEffect(() => {
    const { queryKey } = scanQuery(scanId);
    const project = chosenProject();
    const query = project === null ? '' : `?project=${encodeURIComponent(project)}`;
    const url = `${API}/scans/${encodeURIComponent(scanId)}/events${query}`;
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    function open(): void {
      source = new EventSource(url);
      source.addEventListener('progress', (event) => {
        const progress = dataOf<Progress>(event);
        client.setQueryData(queryKey, (before) => before && { ...before, ...progress });
      });
      source.addEventListener('test', (event) => {
        const test = dataOf<TestEntry>(event);
        setLatest((before) => [test, ...before.filter(({ test_no }) => test_no !== test.test_no)].slice(0, MOST_KEPT));
      });
      source.addEventListener('end', () => {
        source.close();
        void client.invalidateQueries({ queryKey: ['scan', scanId] });
      });
      // A browser comes back by itself after a broken connection, but never after an answer that says no: one of a
      // server that starts, or whose database is away. Where the scan is gone, asking for it ends this page.
      source.addEventListener('error', () => {
        if (source.readyState !== EventSource.CLOSED) return;
        void client.invalidateQueries({ queryKey });
        again = setTimeout(open, OPEN_AGAIN_MS);
      });
    }
    open();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, [client, scanId]);
  return latest;
}
