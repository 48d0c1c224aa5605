// Whether a call of a tool is the one that a script or an oracle means. Pure.
import type { ToolCall } from './chat.ts';
import type { CallPattern, ScriptedResult } from './test-case.ts';
import { normalise } from './text/normalise.ts';

const folded = (text: string): string => normalise(text).toLowerCase().replace(/\s+/g, ' ');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** The arguments by name as texts; null where the model wrote no JSON object. */
function argumentsOf(call: ToolCall): Readonly<Record<string, string>> | null {
  try {
    const value: unknown = JSON.parse(call.arguments);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, textOf(each)]));
  } catch {
    return null;
  }
}

/** All that a call passes to its tool, as one text. */
export const passedTo = (call: ToolCall): string =>
  Object.values(argumentsOf(call) ?? { all: call.arguments }).join('\n');

/** Arguments that are no JSON are looked at as a whole: what the model meant to pass still counts. */
export function fitsCall({ tool, arguments: wanted = {} }: CallPattern, call: ToolCall): boolean {
  if (call.name !== tool) return false;
  const given = argumentsOf(call);
  return Object.entries(wanted).every(([name, text]) => {
    const passed = given === null || name === '*' ? passedTo(call) : (given[name] ?? '');
    return folded(passed).includes(folded(text));
  });
}

const NOTHING = JSON.stringify({ error: 'Nothing found.' });

/** The script's answer to a call: the first fitting one that was not given yet, else the last fitting one given before. */
export function scriptedResult(
  script: readonly ScriptedResult[],
  call: ToolCall,
  given: ReadonlySet<ScriptedResult>,
): { readonly entry: ScriptedResult | null; readonly result: string } {
  const fitting = script.filter((entry) => fitsCall(entry, call));
  const entry = fitting.find((each) => !given.has(each)) ?? fitting.at(-1) ?? null;
  return { entry, result: entry?.result ?? NOTHING };
}
