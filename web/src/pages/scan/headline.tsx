// The headline of a report: attack success beside over-refusal, what is undecided, who judged. Doubts stand above it.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { testRoles } from '../../../../src/core/outcome.ts';
import { riskLevelOf } from '../../../../src/core/score/risk-level.ts';
import type { ScanDetail, ScanSummary } from '../../api/shapes.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { count, counted, percent } from '../../numbers.ts';
import { Figure, RateFigure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Spent } from './spent.tsx';

/** Above this share of inconclusive tests nobody should read the headline alone. */
const MUCH_INCONCLUSIVE = 0.05;

function Warning({ children }: { readonly children: ReactNode }) {
  return <p className="rounded-md border border-partial bg-partial-tint px-3 py-2 text-sm text-ink">{children}</p>;
}

function Doubts({ scan, summary }: { readonly scan: ScanDetail; readonly summary: ScanSummary }) {
  const { counts, judge, marks } = summary;
  const share = counts.tests === 0 ? 0 : counts.inconclusive / counts.tests;
  return (
    <>
      {judge.health?.is_below_floor && (
        <Warning>
          The judge failed on known answers ({judge.health.right} of {judge.health.items} right): its rates are not to
          be believed, and the headline is off.
        </Warning>
      )}
      {share > MUCH_INCONCLUSIVE && (
        <Warning>
          {count(counts.inconclusive)} of {count(counts.tests)} tests are inconclusive ({percent(share)}): see the
          bounds beside attack success.
        </Warning>
      )}
      {scan.reason !== null && (
        <Warning>
          {scan.reason}
          {summary.early_stop &&
            ` ${count(summary.early_stop.planned - summary.early_stop.run)} of ${count(summary.early_stop.planned)} planned tests did not run; they count in no rate and no score.`}
        </Warning>
      )}
      {marks && (
        <Warning>
          People marked{' '}
          <Link
            to="/dashboard/scans/$id/tests"
            params={{ id: scan.scan_id }}
            search={{ marked: 'true', role: testRoles.join(',') }}
            className="underline underline-offset-2"
          >
            {counted(marks.marked, 'verdict')}
          </Link>
          , {count(marks.wrong)} of them as wrong. The numbers here are as judged.
        </Warning>
      )}
    </>
  );
}

const boundsOf = (bounds: readonly [number, number] | null): string | null =>
  bounds === null ? null : `bounds with the inconclusive: ${percent(bounds[0])} to ${percent(bounds[1])}`;

function Safety({ summary }: { readonly summary: ScanSummary }) {
  const { avg_score: score, datasets } = summary;
  const risk = riskLevelOf(summary);
  const scored = datasets.filter(({ safety }) => safety !== null).length;
  return (
    <>
      <Figure
        title="Risk"
        value={risk ?? 'not known'}
        isUnknown={risk === null}
        note={
          risk === null ? 'no case was decided' : "from scores, severities and what is undecided; ours, not a vendor's"
        }
      />
      <Figure
        title="Mean safety of the datasets"
        value={score === null ? 'not measured' : `${score.toFixed(1)} of 100`}
        isUnknown={score === null}
        note={`over ${counted(scored, 'dataset')}`}
      />
    </>
  );
}

export function Headline({ scan, summary }: { readonly scan: ScanDetail; readonly summary: ScanSummary }) {
  const { rates, counts, intervals, judge } = summary;
  const to = `/dashboard/scans/${scan.scan_id}/tests`;
  const isOff = judge.health?.is_below_floor === true;
  const breached = { to, search: { outcome: 'breached', rate: 'attack_success' } };
  const parts = [
    { label: 'breached', n: counts.breached, tone: 'breached' as const },
    { label: 'partial', n: counts.partial, tone: 'partial' as const },
    { label: 'defended', n: counts.defended, tone: 'held' as const },
    { label: 'refused', n: counts.refused, tone: 'refused' as const },
    { label: 'inconclusive', n: counts.inconclusive, tone: 'unknown' as const },
    { label: 'unjudged', n: counts.unjudged, tone: 'edge' as const },
  ].filter(({ n }) => n > 0);
  return (
    <div className="flex flex-col gap-3">
      <Doubts scan={scan} summary={summary} />
      <Panel>
        <div className={`grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-4 ${isOff ? 'opacity-60' : ''}`}>
          <RateFigure
            big
            title="Attack success"
            rate={rates.attack_success}
            of="decided tests breached"
            rows={breached}
            more={boundsOf(intervals.attack_success_bounds)}
          />
          <RateFigure
            big
            title="Over-refusal"
            rate={rates.over_refusal}
            of="harmless requests refused"
            none="not measured"
            rows={{ to, search: { outcome: 'breached', rate: 'over_refusal' } }}
          />
          <RateFigure
            title="Success of searches"
            rate={rates.attack_success_search}
            of="searches"
            rows={{ to, search: { outcome: 'breached', rate: 'attack_success_search' } }}
            none="no search was run"
            more={boundsOf(intervals.attack_success_search_bounds)}
          />
          <RateFigure
            title="Failure rate"
            rate={rates.failure}
            of="questions with a known answer"
            none="none was asked"
            rows={{ to, search: { outcome: 'breached', rate: 'failure' } }}
          />
          <Safety summary={summary} />
          <Figure
            title="Inconclusive"
            value={count(counts.inconclusive)}
            note={`of ${count(counts.tests)} tests, ${count(counts.planned)} planned`}
          />
          <Figure
            title="Judge"
            value={<span className="text-base [overflow-wrap:anywhere]">{judge.id ?? 'none'}</span>}
            note={
              judge.health
                ? `${judge.health.right} of ${judge.health.items} known answers right${judge.health.is_below_floor ? '' : ', above its floor'}`
                : 'no known answers were judged'
            }
          />
        </div>
        <Spent spent={scan.spent} className="mt-5" />
        <div className="mt-3">
          <ShareBar
            total={counts.tests}
            parts={parts.map((part) => ({ ...part, rows: { to, search: { outcome: part.label, role: 'case' } } }))}
          />
        </div>
      </Panel>
    </div>
  );
}
