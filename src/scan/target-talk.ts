// One conversation with the target: its system prompt goes before the words of the attack, the answer becomes a try.
import type { ChatMessage } from '../core/chat.ts';
import { type CountedTokens, tokensOfCall } from '../core/tokens.ts';
import type { AskContext } from '../models/patience.ts';
import type { CountedCalls } from '../store/call-counters.ts';
import type { Judging } from './judging.ts';
import type { TestGround, TestRunContext } from './test-context.ts';
import { askWithTools } from './tool-loop.ts';
import { recordTry, type TryRecord } from './try-record.ts';

/** The system prompt of the target stands before that of the case. */
function withTargetSystem(messages: readonly ChatMessage[], system: string | null): readonly ChatMessage[] {
  if (system === null) return messages;
  const [first, ...rest] = messages;
  if (first?.role === 'system' && typeof first.content === 'string')
    return [{ role: 'system', content: `${system}\n\n${first.content}` }, ...rest];
  return [{ role: 'system', content: system }, ...messages];
}

/** What the scan says to the target before everything else: its system prompt, and what is planted there. */
function targetSystem({ context, planned }: TestGround): string | null {
  const { target, plant } = context.spec;
  if (!planned.dataset.plants || plant === undefined) return target.system;
  return target.system === null ? plant.block : `${target.system}\n\n${plant.block}`;
}

const seenAsk = ({ ask, stretch }: TestRunContext): AskContext =>
  stretch === undefined ? ask : { ...ask, seen: { stretch, role: 'target' } };

function seenJudging({ judging, stretch }: TestRunContext): Judging {
  if (stretch === undefined) return judging;
  return async (judged) => {
    const judge = stretch.begin('judge');
    const verdict = await judging(judged);
    judge.end(verdict.outcome, { facts: { judge: verdict.judge } });
    return verdict;
  };
}

/** How a conversation is asked where it is not a plain try. */
export interface TalkOptions {
  /** Sets apart what must not share a session of the application, e.g. after a turn was taken back. */
  readonly branch?: string;
  readonly temperature?: number;
  /** Undoes the code of the answer, in place of the attack's own. */
  readonly decode?: (answer: string) => string;
  /** Only leads up to a request: no judge is asked what the answer amounts to. */
  readonly isUnjudged?: true;
}

const notJudged: Judging = async () => {
  return { outcome: 'inconclusive', score: null, confidence: 0, reason: 'no_judge', judge: 'none' };
};

export interface Talked extends CountedCalls {
  readonly record: TryRecord;
  /** Whether no answer came, after all retries. */
  readonly failed: boolean;
}

/** A call that was broken off brought nothing that could be counted. */
function unstored({ noteUnstored }: TestRunContext, made: readonly string[], tokens?: CountedTokens): null {
  const calls = made.filter((result) => result !== 'interrupted');
  if (calls.length > 0) noteUnstored({ calls, tokens });
  return null;
}

/** Asks and, unless told otherwise, judges; null where the scan was stopped first. */
export async function talk(
  ground: TestGround,
  tryNo: number,
  conversation: readonly ChatMessage[],
  { branch, temperature, decode: decodeTry, isUnjudged }: TalkOptions = {},
): Promise<Talked | null> {
  const { context, planned, testCase, judged, attack } = ground;
  const { scanId, vault } = context;
  const { testNo } = planned;
  const messages = withTargetSystem(conversation, targetSystem(ground));
  const place = `${scanId}:${testNo}:${tryNo}`;
  const request = {
    messages,
    conversationId: branch === undefined ? place : `${place}:${branch}`,
    ...(testCase.tools.length > 0 ? { tools: testCase.tools } : {}),
    ...(temperature === undefined ? {} : { temperature }),
  };
  const asked = await askWithTools(seenAsk(context), request, testCase.script);
  const tokens = asked.result.ok ? tokensOfCall(asked.messages, asked.result.answer) : undefined;
  if (!asked.result.ok && asked.result.failure.kind === 'interrupted') return unstored(context, asked.calls);
  const decode = decodeTry ?? ((text: string): string => attack.decode?.(text, planned.attack.parameters) ?? text);
  const record = await recordTry(
    { judging: isUnjudged ? notJudged : seenJudging(context), vault, testCase: judged },
    { scanId, testNo, tryNo },
    asked,
    decode,
    context.ask.clock.now(),
  );
  // The judge may have been broken off too: what it said then is no verdict.
  if (context.ask.breakOff?.aborted) return unstored(context, asked.calls, tokens);
  return { record, calls: asked.calls, tokens, failed: !asked.result.ok };
}
