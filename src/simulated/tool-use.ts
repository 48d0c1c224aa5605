// Calls of offered tools: which one a request or an injected order asks for. No tool is ever run here.
import { topicWords } from './topic.ts';

/** A tool as the request offers it, reduced to what is needed to call it. */
export interface OfferedTool {
  readonly name: string;
  readonly parameters: readonly string[];
}

/** A call as it stands in an answer. */
export interface SimulatedToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The tools of a request body in OpenAI's form; whatever has no name is passed over. */
export function offeredTools(tools: unknown): readonly OfferedTool[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool: unknown) => {
    const definition = isRecord(tool) && isRecord(tool.function) ? tool.function : null;
    if (definition === null || typeof definition.name !== 'string') return [];
    const schema = isRecord(definition.parameters) ? definition.parameters : {};
    const parameters = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
    return [{ name: definition.name, parameters }];
  });
}

/** The tool that an order names outright; null where it names none. */
export const toolNamedIn = (text: string, tools: readonly OfferedTool[]): OfferedTool | null =>
  tools.find((tool) => text.includes(tool.name)) ?? null;

/** The tool whose name shares most words with the request; null where none shares any. */
export function fittingTool(request: string, tools: readonly OfferedTool[]): OfferedTool | null {
  const words = request.toLowerCase();
  const shared = (tool: OfferedTool): number =>
    tool.name
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((part) => part.length > 3 && words.includes(part)).length;
  const best = tools.reduce<OfferedTool | null>(
    (left, tool) => (left && shared(left) >= shared(tool) ? left : tool),
    null,
  );
  return best && shared(best) > 0 ? best : null;
}

const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;

/** A call of the tool with arguments taken from the text: an address where one is wanted, else its topic words. */
export function callOf(tool: OfferedTool, text: string, number: number): SimulatedToolCall {
  const topic = topicWords(text).slice(0, 6).join(' ');
  const value = (name: string): string =>
    /mail|^to$|recipient|address/i.test(name) ? (address.exec(text)?.[0] ?? topic) : topic;
  const values = Object.fromEntries(tool.parameters.map((name) => [name, value(name)]));
  return { id: `call_simulated_${number}`, name: tool.name, arguments: JSON.stringify(values) };
}
