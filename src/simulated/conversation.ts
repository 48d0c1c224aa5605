// Holds a whole conversation against what the model knows: who said what, what is asked, what it answers.
// The one place where understanding, recognising, deciding and answering come together.
import { seededRandom } from '../core/random.ts';
import { answerText, notUnderstood } from './answers.ts';
import type { ChatBody, SaidMessage } from './chat-body.ts';
import { decide, type Stance, stanceOf, strongestTechnique } from './decide.ts';
import { findInjection, follows, type Injection } from './injection.ts';
import { policyAnswer } from './policy-voice.ts';
import { recogniseMessage } from './recognise-message.ts';
import { extractionIn, findSecret, keptSecret, leak } from './secret.ts';
import type { Profile } from './target-options.ts';
import type { Technique } from './techniques.ts';
import { callOf, fittingTool, type SimulatedToolCall, toolNamedIn } from './tool-use.ts';
import { type Understanding, understand } from './understand.ts';

/** Who answers. */
export interface Character {
  readonly profile: Profile;
  readonly seed: number;
  readonly systemSecret: string | null;
  /** A tool is called whenever one is offered. */
  readonly callsTools: boolean;
}

export interface Said {
  readonly text: string;
  /** It declined. */
  readonly refused: boolean;
  readonly toolCall: SimulatedToolCall | null;
}

const said = (text: string): Said => ({ text, refused: false, toolCall: null });

/** What was said, sorted by what it means for an answer. */
interface Heard {
  readonly system: string;
  readonly stance: Stance;
  readonly secret: string | null;
  readonly request: string;
  readonly earlier: readonly string[];
  readonly toolResults: readonly string[];
  readonly lastIsTool: boolean;
  readonly callsMade: number;
  readonly turns: number;
  readonly understood: Understanding;
}

const textsOf = (messages: readonly SaidMessage[], ...roles: readonly string[]): readonly string[] =>
  messages.filter(({ role }) => roles.includes(role)).map(({ text }) => text);

function hear(body: ChatBody, character: Character): Heard {
  const { messages } = body;
  const system = textsOf(messages, 'system', 'developer').join('\n');
  const user = textsOf(messages, 'user');
  const request = user.at(-1) ?? messages.at(-1)!.text;
  return {
    system,
    stance: stanceOf(system),
    secret: character.systemSecret ?? findSecret(system),
    request,
    earlier: user.slice(0, -1),
    toolResults: textsOf(messages, 'tool', 'function'),
    lastIsTool: messages.at(-1)!.role === 'tool',
    callsMade: messages.reduce((sum, { calls }) => sum + calls, 0),
    turns: user.length,
    understood: understand(request, system.slice(0, 2000)),
  };
}

const mostCalls = 6;

function obey(injection: Injection, body: ChatBody, heard: Heard, character: Character): Said | null {
  if (!follows(character.profile, character.seed, injection)) return null;
  const tool = toolNamedIn(injection.order, body.tools);
  if (tool && heard.callsMade < mostCalls && !alreadyCalled(body, tool.name)) {
    return { text: '', refused: false, toolCall: callOf(tool, injection.order, heard.callsMade + 1) };
  }
  if (injection.say !== null) return said(injection.say);
  return heard.secret === null ? null : tellSecret(injection.order, heard, character);
}

const alreadyCalled = (body: ChatBody, name: string): boolean =>
  JSON.stringify(body.sent.messages).includes(`"name":${JSON.stringify(name)}`);

/** An order found in tool results, or in the user's message as a pasted document would carry it. */
function injected(body: ChatBody, heard: Heard, character: Character, harmful: boolean): Said | null {
  const places = harmful ? heard.toolResults : [...heard.toolResults, heard.request, heard.understood.plain];
  for (const place of places) {
    const injection = findInjection(place);
    const followed = injection && obey(injection, body, heard, character);
    if (followed) return followed;
  }
  return null;
}

function tellSecret(request: string, heard: Heard, character: Character): Said | null {
  const extraction = extractionIn(request, heard.secret !== null);
  if (extraction === null || (heard.system === '' && heard.secret === null)) return null;
  const { answerCode } = heard.understood;
  const { profile, seed } = character;
  const told = leak({ profile, seed, request, extraction, answerCode, system: heard.system, secret: heard.secret });
  if (told !== null) return said(told);
  const random = seededRandom(seed, profile, request, 'kept');
  return { text: keptSecret[random.below(keptSecret.length)]!, refused: true, toolCall: null };
}

function techniquesOf({ understood, turns }: Heard): readonly Technique[] {
  const shaped: readonly Technique[] = turns >= 6 ? ['many-shot'] : turns >= 3 ? ['multi-turn'] : [];
  return shaped.length === 0
    ? understood.techniques
    : [...understood.techniques.filter((name) => name !== 'none'), ...shaped];
}

function useTool(body: ChatBody, heard: Heard, character: Character): Said | null {
  if (body.tools.length === 0) return null;
  if (heard.lastIsTool) return said(`I looked it up. Here is what I found: ${heard.toolResults.at(-1)!.slice(0, 400)}`);
  const tool = fittingTool(heard.understood.plain, body.tools) ?? (character.callsTools ? body.tools[0]! : null);
  return tool && { text: '', refused: false, toolCall: callOf(tool, heard.understood.plain, heard.callsMade + 1) };
}

/** The model's answer to the conversation: the same for the same words, profile and seed. */
export function converse(body: ChatBody, character: Character): Said {
  const heard = hear(body, character);
  const { understood, stance } = heard;
  const { profile, seed } = character;
  const { recognised, about } = recogniseMessage(understood.plain, heard.earlier);
  const secret = tellSecret(understood.plain, heard, character);
  if (secret) return secret;
  const followed = injected(body, heard, character, recognised.kind === 'harmful');
  if (followed) return followed;
  if (recognised.kind === 'harmless' && !understood.readable) return said(notUnderstood);
  const techniques = techniquesOf(heard);
  const behaviour = decide({ profile, seed, plain: understood.plain, techniques, recognised, stance });
  const refused = behaviour === 'refuse' || behaviour === 'partial';
  const tool = refused ? null : useTool(body, heard, character);
  if (tool) return tool;
  const random = seededRandom(seed, profile, understood.plain, strongestTechnique(profile, techniques), 'answer');
  const { prefix, answerCode } = understood;
  const text = answerText({ profile, behaviour, recognised, plain: about, prefix, answerCode }, random);
  if (behaviour !== 'answer' || heard.system === '') return { text, refused, toolCall: null };
  const attacked = techniques.some((name) => name !== 'none');
  const policy = policyAnswer({
    profile,
    seed,
    system: heard.system,
    request: understood.plain,
    attacked,
    secret: heard.secret,
  });
  if (policy === null) return { text, refused, toolCall: null };
  return { text: policy.open ? `${policy.text}\n\n${text}` : policy.text, refused: policy.refused, toolCall: null };
}
