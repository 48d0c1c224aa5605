// POST /v1/chat/completions: counts, checks key and body, draws the fate, waits out the latency, sends.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemClock } from '../core/clock.ts';
import { SIMULATED_HEADER } from '../core/simulated.ts';
import { type ChatBody, readChatBody } from './chat-body.ts';
import { send } from './deliver.ts';
import { fateOf } from './faults.ts';
import { type OpenAiProblem, problems } from './openai-problem.ts';
import { type ChatTurn, outgoingFor } from './outgoing.ts';
import { type ShapeRule, shapeRules } from './shapes.ts';
import {
  modelName,
  type Profile,
  profileOfModel,
  type SimulatedTargetOptions,
  type TargetStats,
} from './target-options.ts';

export interface ChatEndpoint {
  answer(request: FastifyRequest, reply: FastifyReply): void;
  stats(): TargetStats;
}

const unshaped: ShapeRule = { what: 'nothing peculiar' };

/** The problem with a request's key; null where it is good. Without `key` any bearer that is not empty is. */
export function keyProblem(authorization: string | undefined, key: string | undefined): OpenAiProblem | null {
  const sent = /^Bearer\s+(\S.*)$/i.exec(authorization ?? '')?.[1]?.trim();
  if (sent === undefined) return problems.noKey();
  return key === undefined || sent === key ? null : problems.wrongKey();
}

/** Counts what arrives and what is still open. */
function openCounter(): { readonly opened: (reply: FastifyReply) => number; readonly stats: () => TargetStats } {
  let requests = 0;
  let inFlight = 0;
  let maxInFlight = 0;
  return {
    opened(reply) {
      requests += 1;
      inFlight += 1;
      maxInFlight = Math.max(maxInFlight, inFlight);
      reply.raw.once('close', () => {
        inFlight -= 1;
      });
      return requests;
    },
    stats: () => ({ requests, inFlight, maxInFlight }),
  };
}

function afterDelay(reply: FastifyReply, delayMs: number, action: () => void): void {
  if (delayMs === 0) {
    action();
    return;
  }
  const timer = setTimeout(action, delayMs);
  reply.raw.once('close', () => clearTimeout(timer));
}

/** One endpoint with its counters. */
export function chatEndpoint(options: SimulatedTargetOptions): ChatEndpoint {
  const clock = options.clock ?? systemClock;
  const seed = options.seed ?? 1;
  const rule = options.shape === undefined ? unshaped : shapeRules[options.shape];
  const setting = { rule, fixedAnswer: options.fixedAnswer ?? null, retryAfterS: options.retryAfterS ?? 1 };
  const systemSecret = options.systemSecret ?? null;
  const fate = fateOf(options, seed);
  const counter = openCounter();

  const ownProfile = options.profile ?? 'average';
  const profileOf = (body: ChatBody): Profile => profileOfModel(body.model) ?? ownProfile;

  const turnOf = (body: ChatBody, number: number, fault: ChatTurn['fault']): ChatTurn => {
    const profile = profileOf(body);
    const model = modelName(profile);
    const created = Math.floor(clock.now() / 1000);
    const head = { id: `chatcmpl-simulated-${number}`, created, model, fingerprint: `${model}-${seed}` };
    return { body, head, character: { profile, seed, systemSecret, callsTools: rule.callsTools === true }, fault };
  };

  return {
    answer(request, reply) {
      const arrivedAt = clock.monotonic();
      const number = counter.opened(reply);
      const { authorization } = request.headers;
      options.onRequest?.({ number, arrivedAt, body: request.body, authorization: authorization ?? null });
      const read = keyProblem(authorization, options.key) ?? readChatBody(request.body);
      const headers = {
        [SIMULATED_HEADER]: modelName('error' in read ? ownProfile : profileOf(read)),
        'x-request-id': `req-simulated-${number}`,
      };
      const accepted = 'error' in read ? read : (rule.refuses?.(read) ?? read);
      if ('error' in accepted) {
        send(reply, headers, { kind: 'problem', problem: accepted });
        return;
      }
      const { fault, delayMs } = fate(number);
      const turn = turnOf(accepted, number, fault);
      // A gateway turns away at once what is too much; only what reaches the model takes time.
      const wait = fault === 'rate-limited' ? 0 : delayMs;
      afterDelay(reply, wait, () => send(reply, headers, outgoingFor(turn, setting)));
    },
    stats: counter.stats,
  };
}
