// What was asked, how, by which version: as the manifest of every artifact has it.
import type { ScanDetail, ScanSummary } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Facts } from '../../parts/facts.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Time } from '../../parts/time.tsx';
import { boundsText } from './spent.tsx';

export function Manifest({ scan, summary }: { readonly scan: ScanDetail; readonly summary: ScanSummary }) {
  const { calls } = scan;
  return (
    <Panel title="How it was done">
      <Facts
        rows={[
          [
            'Ran',
            <span key="ran">
              <Time at={scan.started_at} /> to <Time at={scan.ended_at} />
            </span>,
          ],
          ['Preset, seed', `${scan.preset}, ${scan.seed}`],
          [
            'Calls',
            `${count(calls.total)}: ${count(calls.ok)} answered, ${count(calls.rate_limited)} told to wait (429), ${count(calls.failed)} failed`,
          ],
          [
            'At once, a minute',
            `${count(scan.limits.concurrency)}, ${scan.limits.qpm === null ? 'no limit' : count(scan.limits.qpm)}`,
          ],
          ['Ends early at', boundsText(scan) ?? 'nothing: runs to its end'],
          ['Adapted', scan.adaptations.join('; ') || 'nothing'],
          ['Authorised by', scan.authorised_by ?? 'nobody named'],
        ]}
      />
      <details className="mt-3">
        <summary className="text-sm text-accent">The whole manifest</summary>
        <pre className="mt-2 max-h-96 overflow-auto rounded-md bg-ground p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
          {JSON.stringify(summary.manifest, null, 2)}
        </pre>
      </details>
    </Panel>
  );
}
