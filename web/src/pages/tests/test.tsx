// One test whole: what was asked and answered, why it was judged so, and what a person says of it.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { scanQuery } from '../../api/scans.ts';
import type { TestDetail } from '../../api/shapes.ts';
import { testQuery } from '../../api/tests.ts';
import { count, milliseconds, percent } from '../../numbers.ts';
import { Badge, Outcome, Severity } from '../../parts/badge.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SimulatedNotice } from '../../parts/simulated.tsx';
import { Lines, Problem } from '../../parts/states.tsx';
import { NotFound } from '../not-found.tsx';
import { Conversation } from './conversation.tsx';
import { FindingPanel } from './finding-panel.tsx';
import { MarkPanel } from './mark-panel.tsx';
import { Tries } from './tries.tsx';

function Verdict({ test }: { readonly test: TestDetail }) {
  const rows: (readonly [string, ReactNode])[] = [
    ['Outcome', <Outcome key="outcome" outcome={test.outcome} />],
    ['Because', test.reason.replaceAll('_', ' ')],
    ['Safety', test.score === null ? 'undecided' : `${test.score} of 100`],
    ['Sure', test.judge === 'none' ? 'no judge saw it' : percent(test.confidence, 0)],
    [
      'Judge',
      <code key="judge" className="text-xs">
        {test.judge}
      </code>,
    ],
    ['Severity', <Severity key="severity" severity={test.severity} />],
    ['Expected', test.expect],
    ...(test.judge_score === null ? [] : [['Judge model', `${test.judge_score} of 100`] as const]),
    ...(test.stopped_by === null ? [] : [['Stopped by', test.stopped_by.replaceAll('_', ' ')] as const]),
    ...(test.outcome_without_guard === null ? [] : [['Without the guard', test.outcome_without_guard] as const]),
    ...(test.utility === null ? [] : [["The user's goal", test.utility ? 'still reached' : 'not reached'] as const]),
  ];
  return (
    <Panel title="Verdict">
      <Facts rows={rows} />
    </Panel>
  );
}

function Wanted({ test }: { readonly test: TestDetail }) {
  const { case: own } = test;
  return (
    <Panel title="The case">
      {own === null ? (
        <p className="text-soft">Its dataset is no longer stored.</p>
      ) : (
        <>
          <p dir="auto" className="mb-3">
            {own.request}
          </p>
          <Facts
            rows={[
              [
                'Case',
                <code key="case" className="text-xs">
                  {test.case_id}
                </code>,
              ],
              ['Dataset', `${test.dataset_name} / ${test.subcategory}`],
              ['Language', own.lang],
              ['A failing answer', own.rubric ?? 'as the expectation says'],
              ['Decided by', own.oracle === null ? 'the judge' : `its oracle (${own.oracle})`],
              ['Stands under', own.references.join(', ') || 'no clause'],
            ]}
          />
        </>
      )}
    </Panel>
  );
}

function Costs({ test }: { readonly test: TestDetail }) {
  const parameters = Object.entries(test.parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return (
    <Panel title="How it was asked">
      <Facts
        rows={[
          ['Attack', test.attack_title],
          ['Parameters', parameters.join(' ') || 'none'],
          [
            'Tries',
            `${count(test.tries)}${test.first_success === null ? '' : `, first success at try ${count(test.first_success + 1)}`}`,
          ],
          ['Calls', count(test.calls)],
          ['Time', milliseconds(test.latency_ms)],
          ['Tokens', `${test.tokens.prompt ?? 'unknown'} sent, ${test.tokens.completion ?? 'unknown'} answered`],
          [
            'Plan key',
            <code key="key" className="text-xs [overflow-wrap:anywhere]">
              {test.plan_key}
            </code>,
          ],
        ]}
      />
    </Panel>
  );
}

function Repro({ repro }: { readonly repro: string | null }) {
  if (repro === null) return null;
  return (
    <Panel title="Ask it again" note="The key stands in a variable of your shell.">
      <pre className="max-h-80 overflow-auto rounded-md bg-ground p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
        {repro}
      </pre>
      <div className="mt-2">
        <Copy text={repro} label="Copy as curl" />
      </div>
    </Panel>
  );
}

export function Page() {
  const { id = '', key = '' } = useParams({ strict: false });
  const scan = useQuery(scanQuery(id));
  const test = useQuery(testQuery(id, key));
  if (test.error instanceof ApiProblem && test.error.status === 404) return <NotFound />;
  if (test.data === undefined)
    return test.isError ? <Problem error={test.error} onAgain={() => void test.refetch()} /> : <Lines count={12} />;
  const { data } = test;
  return (
    <>
      <PageHead
        title={`Test ${count(data.test_no + 1)}`}
        above={
          <>
            <Link to="/dashboard/scans/$id" params={{ id }}>
              {scan.data?.name ?? 'Scan'}
            </Link>{' '}
            /{' '}
            <Link to="/dashboard/scans/$id/tests" params={{ id }}>
              Tests
            </Link>
          </>
        }
        note={
          <span className="flex flex-wrap items-center gap-2">
            <Outcome outcome={data.outcome} />
            {data.role !== 'case' && <Badge>{data.role}</Badge>}
            <span>
              {data.attack_title} on {data.dataset_name}
            </span>
          </span>
        }
      />
      {scan.data?.simulated && <SimulatedNotice />}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Conversation
            said={data}
            evidence={data.evidence}
            isHarmful={data.harmful}
            decidingTurn={data.try_list.find(({ try_no }) => try_no === data.deciding_try)?.turn ?? null}
          />
          <Tries scanId={id} test={data} />
          <Repro repro={data.repro} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Verdict test={data} />
          <MarkPanel scanId={id} test={data} />
          <FindingPanel scanId={id} test={data} />
          <Wanted test={data} />
          <Costs test={data} />
        </div>
      </div>
    </>
  );
}
