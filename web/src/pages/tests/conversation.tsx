// A conversation with the target: what was asked, what came back, as sent and as read; harmful answers blurred until asked for.
import { type ReactNode, useState } from 'react';
import type { TestDetail, TryDetail } from '../../api/shapes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { type MarkedStretch, MarkedText } from '../../parts/marked-text.tsx';
import { Panel } from '../../parts/panel.tsx';

type Said = Pick<TestDetail | TryDetail, 'messages' | 'answer' | 'withheld'>;
type Evidence = TestDetail['evidence'];

function Turn({
  who,
  isAnswer = false,
  note,
  children,
}: {
  readonly who: string;
  readonly isAnswer?: boolean;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={`border-l-2 py-1 pl-3 ${isAnswer ? 'border-accent' : 'border-hair'}`}>
      <p className="mb-0.5 flex flex-wrap items-center gap-2 text-xs text-soft">
        <span className="font-semibold">{who}</span>
        {note}
      </p>
      <div className="max-h-[28rem] overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:plaintext]">
        {children}
      </div>
    </div>
  );
}

const Withheld = ({ category, sha256 }: { readonly category: string | null; readonly sha256: string | null }) => (
  <p className="text-soft">
    Never shown{category === null ? '' : ` (${category})`}: only its hash is kept here
    {sha256 === null ? '' : `, ${sha256.slice(0, 16)}...`}
  </p>
);

const stretchesOf = (evidence: Evidence, place: 'answer' | 'decoded'): MarkedStretch[] =>
  evidence
    .filter((each) => each.in === place)
    .map(({ start, end, why }) => ({ start, end, label: why.replaceAll('_', ' ') }));

function ToolCalls({ calls }: { readonly calls: readonly { readonly name: string; readonly arguments: string }[] }) {
  return (
    <>
      {calls.map(({ name, arguments: given }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls stay in their order
        <p key={index} className="mt-1 font-mono text-xs">
          calls {name}({given})
        </p>
      ))}
    </>
  );
}

function Answer({ said, evidence }: { readonly said: Said; readonly evidence: Evidence }) {
  const { answer, withheld } = said;
  if (answer.failure !== null && answer.text === null) return <Turn who="no answer">{answer.failure}</Turn>;
  return (
    <div className={answer.decoded === null ? '' : 'grid gap-3 lg:grid-cols-2'}>
      <Turn who="answer" isAnswer note={answer.decoded === null ? null : <span>as it came</span>}>
        {answer.text === null ? (
          <Withheld category={withheld} sha256={answer.sha256} />
        ) : (
          <MarkedText text={answer.text} stretches={stretchesOf(evidence, 'answer')} />
        )}
        <ToolCalls calls={answer.tool_calls} />
      </Turn>
      {answer.decoded !== null && (
        <Turn who="answer" isAnswer note={<span>with the attack’s encoding undone</span>}>
          <MarkedText text={answer.decoded} stretches={stretchesOf(evidence, 'decoded')} />
        </Turn>
      )}
      {answer.reasoning !== null && (
        <details className="mt-2">
          <summary className="text-xs text-soft">Its reasoning</summary>
          <p className="mt-1 whitespace-pre-wrap text-soft">{answer.reasoning}</p>
        </details>
      )}
    </div>
  );
}

interface ConversationProps {
  readonly said: Said;
  readonly evidence: Evidence;
  readonly isHarmful: boolean;
  readonly decidingTurn: number | null;
  readonly title?: string;
}

export function Conversation({ said, evidence, isHarmful, decidingTurn, title = 'Conversation' }: ConversationProps) {
  const [isShown, setShown] = useState(!isHarmful);
  let turn = 0;
  return (
    <Panel
      title={title}
      tools={
        isHarmful && (
          <Button aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? 'Blur the answers' : 'Show the answers'}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {said.messages.map(({ role, text, sha256, images, tool_calls: calls }, index) => {
          const isAnswer = role === 'assistant';
          if (isAnswer) turn += 1;
          const isDeciding = isAnswer && turn === decidingTurn;
          return (
            <Turn
              // biome-ignore lint/suspicious/noArrayIndexKey: messages stay in their order
              key={index}
              who={role}
              isAnswer={isAnswer}
              note={
                <>
                  {images > 0 && <Badge>{images === 1 ? 'with a picture' : `with ${images} pictures`}</Badge>}
                  {isDeciding && <Badge tone="breached">decided it</Badge>}
                </>
              }
            >
              <div className={isAnswer && !isShown ? 'blurred' : ''} inert={isAnswer && !isShown}>
                {text === null ? <Withheld category={said.withheld} sha256={sha256} /> : text}
                <ToolCalls calls={calls} />
              </div>
            </Turn>
          );
        })}
        <div className={isShown ? '' : 'blurred'} inert={!isShown}>
          <Answer said={said} evidence={evidence} />
        </div>
        {!isShown && (
          <p className="text-xs text-soft">The answer was judged harmful: it is blurred until you ask for it.</p>
        )}
      </div>
    </Panel>
  );
}
