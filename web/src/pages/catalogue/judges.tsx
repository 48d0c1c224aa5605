// Judges with their measured accuracy: the one that scans would have now, and every calibration made here.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { Judges } from '../../api/shapes.ts';
import { count, interval, percent, type Rated } from '../../numbers.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded } from '../../parts/states.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

type Calibration = Judges['calibrations'][number];

function Share({ rate }: { readonly rate: Rated }) {
  if (rate.rate === null) return <span className="text-unknown">unknown</span>;
  return (
    <>
      {percent(rate.rate)}
      <span className="block text-xs text-soft">
        {interval(rate)}, n {count(rate.n)}
      </span>
    </>
  );
}

function CalibrationRow({ calibration: { judge, data, at, all } }: { readonly calibration: Calibration }) {
  return (
    <Row>
      <Cell>
        <code className="text-xs">{judge}</code>
        <span className="block text-xs text-soft">
          on {data}, <Time at={at} />
        </span>
      </Cell>
      <Cell kind="number">
        <Share rate={all.sensitivity} />
      </Cell>
      <Cell kind="number">
        <Share rate={all.specificity} />
      </Cell>
      <Cell kind="number" optional>
        <Share rate={all.agreement_decided} />
      </Cell>
      <Cell kind="number" optional>
        <Share rate={all.coverage} />
      </Cell>
      <Cell kind="number" optional>
        {all.kappa === null ? <span className="text-unknown">unknown</span> : all.kappa.toFixed(2)}
      </Cell>
    </Row>
  );
}

function Current({ current }: { readonly current: Judges['current'] }) {
  return (
    <Panel title="The judge of new scans">
      <Facts
        rows={[
          [
            'Judge',
            <code key="id" className="text-xs">
              {current.id}
            </code>,
          ],
          [
            'Judge model',
            current.model === null
              ? 'none: rules and the local model decide, and where they are unsure the test is inconclusive'
              : `${current.model.model} at ${current.model.host}`,
          ],
          [
            'Measured here',
            current.calibrated ? (
              'yes: attack success is also given corrected for its errors'
            ) : (
              <>
                not yet: <code key="cli">redoubt judge calibrate FILE</code> measures it on answers that people labelled
              </>
            ),
          ],
        ]}
      />
    </Panel>
  );
}

export function Page() {
  const judges = useQuery({ queryKey: ['judges'], queryFn: ({ signal }) => ask<Judges>('/judges', { signal }) });
  return (
    <>
      <PageHead
        title="Judges"
        note="Who decides what a test showed, and how far they are to be believed."
        tools={
          <a href="/judge" className={buttonLook('plain')}>
            Judge another tool’s results
          </a>
        }
      />
      <Loaded
        query={judges}
        waiting={
          <Panel>
            <Lines count={10} />
          </Panel>
        }
      >
        {({ current, calibrations, model_card: card }) => (
          <div className="flex flex-col gap-4">
            <Current current={current} />
            <Panel title="Measured on labelled answers" flush>
              {calibrations.length === 0 ? (
                <Empty title="No calibration is stored">
                  What the local model reaches on public sets stands in its card below.
                </Empty>
              ) : (
                <Table
                  caption="Calibrations"
                  columns={[
                    { label: 'Judge' },
                    { label: 'Breaches found', kind: 'number' },
                    { label: 'Held kept', kind: 'number' },
                    { label: 'Agreement, decided', kind: 'number', optional: true },
                    { label: 'Coverage', kind: 'number', optional: true },
                    { label: 'Kappa', kind: 'number', optional: true },
                  ]}
                >
                  {calibrations.map((calibration) => (
                    <CalibrationRow key={calibration.id} calibration={calibration} />
                  ))}
                </Table>
              )}
            </Panel>
            <Panel title="Card of the local judge model">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
              <section aria-label="Card of the local judge model" tabIndex={0} className="max-h-[36rem] overflow-auto">
                <Markdown text={card} title="Card of the local judge model" />
              </section>
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}
