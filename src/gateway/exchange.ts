// One guarded exchange: the request checked before it is passed on, a whole answer checked before it is handed back.
import type { FastifyReply } from 'fastify';
import type { Caller } from '../access/keys.ts';
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { jsonOrNull } from '../core/json-text.ts';
import { isRecord } from '../core/records.ts';
import type { Finding } from '../guard/finding.ts';
import type { GuardMessage } from '../guard/message.ts';
import { ownWords } from '../guard/open-policy.ts';
import type { GuardRequest, GuardResult, GuardService } from '../guard/service.ts';
import type { StreamMode } from '../guard/stream-guard.ts';
import { type ChatBody, textsOfAnswer, textsOfRequest, withAnswerTexts, withRequestTexts } from './body.ts';
import { tokensOf, withoutTokens } from './spoken.ts';
import type { UpstreamAnswer } from './upstream.ts';

/** A request as it was understood. */
export interface Asked {
  readonly caller: Caller;
  readonly body: ChatBody;
  /** Ids of stored policies; empty: the default set. */
  readonly policies: readonly string[];
  readonly session: string | null;
  readonly mode: StreamMode;
}

/** What was said in place of an answer, and by which policies. */
interface Denied {
  readonly sentence: string;
  readonly policies: readonly string[];
}

export interface CheckedRequest {
  /** With redacted texts in their places. */
  readonly body: ChatBody;
  readonly headers: Readonly<Record<string, string>>;
  readonly denied: Denied | null;
}

type Stage = 'in' | 'out';

const unexplained = 'This content was stopped by a policy of this application.';

/** What the guard is asked: `from` on are the messages that are new. */
export const guardRequest = (asked: Asked, messages: readonly GuardMessage[], from = 0): GuardRequest => ({
  projectId: asked.caller.projectId,
  messages,
  from,
  session: asked.session,
  inline: [],
  enabled: asked.policies,
  fields: { inline: 'policies', enabled: 'x-redoubt-policies', words: ownWords('policies') },
  overrideResponse: null,
  failFast: false,
});

export const policiesOf = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter((each) => each.detected || each.undecided !== null).map(({ policyId }) => policyId)),
];

/** Said in place of what was stopped: as the policy says, else one plain sentence. */
export const sentenceFor = (findings: readonly Finding[]): string =>
  findings.find(({ overrideResponse }) => overrideResponse !== null)?.overrideResponse ?? unexplained;

/** Where an override is said in place of what was redacted, the texts themselves may not pass either. */
const deniedBy = ({ decision, correction }: GuardResult): Denied | null =>
  decision.denied || (decision.redacted && correction === null)
    ? { sentence: decision.override ?? unexplained, policies: policiesOf(decision.findings) }
    : null;

function wordOf(result: GuardResult): string {
  const { decision, correction } = result;
  if (deniedBy(result) !== null) return 'denied';
  if (correction !== null) return 'redacted';
  return decision.flagged ? 'flagged' : 'passed';
}

function headersOf(result: GuardResult, stage: Stage): Record<string, string> {
  const policies = policiesOf(result.decision.findings);
  return {
    [`x-redoubt-${stage}`]: wordOf(result),
    [`x-redoubt-${stage}-id`]: result.id,
    ...(policies.length === 0 ? {} : { [`x-redoubt-${stage}-policies`]: policies.join(',') }),
  };
}

/** Checks what goes in. Throws UNKNOWN_VALUE for a policy that does not exist. */
export async function checkRequest(guard: GuardService, asked: Asked): Promise<CheckedRequest> {
  const texts = textsOfRequest(asked.body);
  const result = await guard.check(
    guardRequest(
      asked,
      texts.map(({ message }) => message),
    ),
  );
  const { correction } = result;
  const body = correction === null ? asked.body : withRequestTexts(asked.body, texts, correction.messages);
  return { body, headers: headersOf(result, 'in'), denied: deniedBy(result) };
}

/** A completion that says what stands in place of the answer: clients need to know no new form. */
function filteredCompletion(model: string, { sentence, policies }: Denied, stage: Stage): Record<string, unknown> {
  return {
    id: `chatcmpl-${newId()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: sentence, refusal: null },
        logprobs: null,
        finish_reason: 'content_filter',
      },
    ],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    redoubt: { policies, stage },
  };
}

/** Answers a request that was stopped on its way in, in the form that was asked for. */
export function refusal(reply: FastifyReply, asked: Asked, denied: Denied): FastifyReply {
  const whole = filteredCompletion(asked.body.model, denied, 'in');
  if (asked.body.stream !== true && asked.body.stream !== 'hold') return reply.send(whole);
  const choice = {
    index: 0,
    delta: { role: 'assistant', content: denied.sentence },
    finish_reason: 'content_filter',
  };
  const { usage: _none, ...frame } = whole;
  const chunk = JSON.stringify({ ...frame, object: 'chat.completion.chunk', choices: [choice] });
  return reply.type('text/event-stream').send(`data: ${chunk}\n\ndata: [DONE]\n\n`);
}

/** A key that stands in a text stands among its tokens too, piece by piece. */
function withoutSplitKey(answer: unknown, { masked }: UpstreamAnswer): unknown {
  if (!isRecord(answer) || !Array.isArray(answer.choices)) return answer;
  const choices = (answer.choices as unknown[]).map((choice) => {
    if (!isRecord(choice)) return choice;
    const said = JSON.stringify(tokensOf(choice));
    return masked(said) === said ? choice : withoutTokens(choice);
  });
  return { ...answer, choices };
}

/** Checks a whole answer and hands it back; what is no chat completion is not handed on unread. */
export async function finishWhole(
  reply: FastifyReply,
  guard: GuardService,
  asked: Asked,
  upstream: UpstreamAnswer,
): Promise<FastifyReply> {
  const answer = withoutSplitKey(jsonOrNull(await upstream.text()), upstream);
  if (answer === null) throw new RedoubtError('UPSTREAM_FAILED', { reason: 'its answer is no JSON' });
  const texts = textsOfAnswer(answer);
  const before = textsOfRequest(asked.body).map(({ message }) => message);
  const messages = [...before, ...texts.map(({ message }) => message)];
  const result = await guard.check(guardRequest(asked, messages, before.length));
  void reply.status(upstream.status).headers({ ...upstream.headers, ...headersOf(result, 'out') });
  void reply.type('application/json; charset=utf-8');
  const denied = deniedBy(result);
  if (denied !== null) return reply.send(filteredCompletion(asked.body.model, denied, 'out'));
  const { correction } = result;
  if (correction === null) return reply.send(answer);
  return reply.send(withAnswerTexts(answer, texts, correction.messages.slice(before.length)));
}
