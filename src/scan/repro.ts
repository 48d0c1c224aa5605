// A try as a command that asks it again: the key stands in a variable, never in the command. Pure.
import type { ChatMessage, ToolDefinition } from '../core/chat.ts';
import { SIMULATED_URL } from '../core/simulated.ts';
import { type Adaptation, adaptationTitles } from '../models/adaptation.ts';
import { completionBody } from '../models/openai-compatible.ts';
import type { TargetSpec } from './spec.ts';

const KEY_VARIABLE = 'REDOUBT_TARGET_API_KEY';
const LOCAL_SIMULATED = 'http://127.0.0.1:4010/v1';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Signs that turn the direction of a text: written out, the command would not read as it runs. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** JSON that says the same with none of them in it. */
const readable = (json: string): string =>
  json.replace(DIRECTION, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The adaptations whose titles a scan has kept. */
const madeOf = (titles: readonly string[]): Set<Adaptation> =>
  new Set(
    Object.entries(adaptationTitles).flatMap(([adaptation, title]) =>
      titles.includes(title) ? [adaptation as Adaptation] : [],
    ),
  );

/**
 * The request as it was sent, under the scan's adaptations. Null for an HTTP application: what is sent to it stands in
 * its own file, with its secrets.
 */
export function reproOf(
  target: TargetSpec,
  messages: readonly ChatMessage[],
  tools: readonly ToolDefinition[],
  adaptations: readonly string[],
): string | null {
  if (target.kind !== 'openai') return null;
  const isSimulated = target.url === SIMULATED_URL;
  const base = (isSimulated ? LOCAL_SIMULATED : target.url).replace(/\/+$/, '');
  return [
    ...(isSimulated ? ['# The simulated target answers here: npx redoubt target --port 4010'] : []),
    `curl ${quoted(`${base}/chat/completions`)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -H "Authorization: Bearer $${KEY_VARIABLE}" \\`,
    `  -d ${quoted(readable(completionBody(target, { messages, tools }, madeOf(adaptations))))}`,
  ].join('\n');
}
