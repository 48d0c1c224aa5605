// A decision of the guard: what follows, what was found where, what would be passed on, how long each detector took.
import type { GuardAnswer } from '../../api/shapes.ts';
import { milliseconds } from '../../numbers.ts';
import { Badge } from '../../parts/badge.tsx';
import { MarkedText } from '../../parts/marked-text.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import type { Draft } from './message-editor.tsx';
import { verdictOf } from './verdict.ts';

type Finding = GuardAnswer['findings'][number];

const stretchesIn = (findings: readonly Finding[], message: number) =>
  findings
    .filter(({ detected }) => detected)
    .flatMap(({ hits }) => hits.filter((hit) => hit.message === message).flatMap((hit) => hit.spans));

const wholesIn = (findings: readonly Finding[], message: number): string[] => [
  ...new Set(
    findings
      .filter(({ detected, hits }) => detected && hits.some((hit) => hit.message === message && hit.spans.length === 0))
      .map(({ detector }) => detector),
  ),
];

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const slowest = Math.max(...findings.map(({ ms }) => ms), 0.001);
  return (
    <Table
      caption="Every check that was asked"
      columns={[
        { label: 'Detector' },
        { label: 'Score against threshold', className: 'w-[34%]' },
        { label: 'Action', optional: true },
        { label: 'Time', kind: 'number', optional: true },
      ]}
    >
      {findings.map((finding) => (
        <Row key={`${finding.policy} ${finding.detector} ${finding.action}`}>
          <Cell>
            <span className="font-medium">{finding.detector}</span>
            <span className="block text-xs text-soft">
              {finding.policy} v{finding.version}
            </span>
            {finding.labels.length > 0 && finding.detected && (
              <span className="block text-xs">
                {finding.labels
                  .filter(({ score }) => score >= finding.threshold)
                  .slice(0, 4)
                  .map(({ label }) => label)
                  .join(', ')}
              </span>
            )}
            {finding.undecided !== null && (
              <span className="block text-xs text-unknown">could not decide: {finding.undecided}</span>
            )}
          </Cell>
          <Cell>
            <Meter score={finding.score} threshold={finding.threshold} label={finding.detector} />
            <span className="mt-1 block text-xs text-soft">
              {finding.score === null
                ? finding.asked
                  ? 'no score'
                  : 'no message of its roles'
                : `${finding.score.toFixed(3)} / ${finding.threshold.toFixed(3)}`}
            </span>
          </Cell>
          <Cell optional>
            {finding.detected ? (
              <Badge tone="breached">{finding.action}</Badge>
            ) : (
              <span className="text-soft">{finding.action}</span>
            )}
          </Cell>
          <Cell kind="number" optional>
            {milliseconds(finding.ms)}
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" className="mt-1 ml-auto h-1 w-16">
              <rect width={(finding.ms / slowest) * 100} height="4" className="fill-edge" />
            </svg>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

interface GuardResultProps {
  readonly messages: readonly Draft[];
  readonly answer: GuardAnswer;
}

export function GuardResult({ messages, answer }: GuardResultProps) {
  const verdict = verdictOf(answer);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1" role="status">
        <Badge tone={verdict.tone}>{verdict.word}</Badge>
        <span>{verdict.meaning}</span>
        <span className="text-xs text-soft">{milliseconds(answer.ms)}</span>
        {answer.session_risk !== null && (
          <span className="text-xs text-soft">session risk {answer.session_risk.toFixed(3)}</span>
        )}
      </div>
      {answer.override !== null && <p className="text-sm">Said instead: {answer.override}</p>}
      <div className="-mx-4">
        <Findings findings={answer.findings} />
      </div>
      <section>
        <h3 className="mb-2 text-sm font-semibold">What was found, in its place</h3>
        {messages.map(({ key, role, content }, index) => (
          <div key={key} className="mb-2 rounded-md bg-ground p-3">
            <p className="mb-1 text-xs text-soft">
              {role}
              {wholesIn(answer.findings, index).length > 0 && (
                <> - as a whole: {wholesIn(answer.findings, index).join(', ')}</>
              )}
            </p>
            <MarkedText text={content} stretches={stretchesIn(answer.findings, index)} />
          </div>
        ))}
      </section>
      {answer.corrected !== null && (
        <section>
          <h3 className="mb-2 text-sm font-semibold">What would be passed on</h3>
          {answer.corrected.map(({ role, content }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the messages stay in their places
            <div key={index} className="mb-2 rounded-md bg-ground p-3">
              <p className="mb-1 text-xs text-soft">{role}</p>
              <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{content}</p>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}
