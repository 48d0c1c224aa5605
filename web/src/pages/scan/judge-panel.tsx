// How far the judge is to be believed: known answers, two readings of the same, rates corrected for its known errors.
import type { ScanSummary } from '../../api/shapes.ts';
import { count, interval, percent } from '../../numbers.ts';
import { Facts } from '../../parts/facts.tsx';
import { Panel } from '../../parts/panel.tsx';

type Judge = ScanSummary['judge'];

const agreementRows = (agreement: NonNullable<Judge['agreement']>): (readonly [string, string])[] =>
  Object.entries(agreement).flatMap(([occasion, figures]) => {
    const { agreed, kappa } = figures as {
      agreed: { rate: number | null; n: number; low: number | null; high: number | null };
      kappa: number | null;
    };
    if (agreed.rate === null) return [];
    const said = `${percent(agreed.rate)} (${interval(agreed)}, n ${count(agreed.n)})${kappa === null ? '' : `, kappa ${kappa.toFixed(2)}`}`;
    return [[`Two readings agree, ${occasion.replaceAll(/[-_]/g, ' ')}`, said] as const];
  });

const correctedRows = (corrected: Judge['corrected']): (readonly [string, string])[] =>
  corrected.map(({ kind, raw, correction }) => {
    const { rate, because } = correction;
    const said = rate === null ? `not corrected, because ${because}` : `${percent(rate.rate)} (${interval(rate)})`;
    return [
      `Attack success corrected, ${kind}`,
      `${said}; as counted ${raw.rate === null ? 'unknown' : percent(raw.rate)}, n ${count(raw.n)}`,
    ];
  });

export function JudgePanel({ judge }: { readonly judge: Judge }) {
  return (
    <Panel title="Who judged">
      <Facts
        rows={[
          [
            'Judge',
            <code key="id" className="text-xs">
              {judge.id ?? 'none: the answers are stored unjudged'}
            </code>,
          ],
          ['Judge model', judge.model === null ? 'none' : `${judge.model.name} at ${judge.model.host}`],
          [
            'Known answers',
            judge.health === null ? 'none were judged' : `${judge.health.right} of ${judge.health.items} right`,
          ],
          ...(judge.agreement === null ? [] : agreementRows(judge.agreement)),
          ...correctedRows(judge.corrected),
        ]}
      />
    </Panel>
  );
}
