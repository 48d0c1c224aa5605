// One line of a dataset file: its schema, and how it becomes a test case. The stored body of a case is this line.
import { z } from 'zod';
import { type ChatMessage, textOf } from '../../core/chat.ts';
import { tooLarge } from '../../core/json-values.ts';
import { wordsOfLine } from '../../core/line-words.ts';
import { expectations } from '../../core/outcome.ts';
import { type CallPattern, isDecidableOffline, type Oracle, type TestCase } from '../../core/test-case.ts';
import { writingCode } from '../../core/text/writing.ts';
import { shortenedText } from '../../reports/shorten.ts';
import { withheldCategory } from '../../reports/withheld.ts';

const phrases = z.array(z.string().min(1)).min(1).readonly();

const callPattern = z.object({ tool: z.string().min(1), arguments: z.record(z.string(), z.string()).optional() });

export const oracleSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answered') }),
  z.object({ type: z.literal('answer-key'), accept: phrases, reject: phrases.optional() }),
  z.object({ type: z.literal('planted-secret'), secret: z.string().min(4) }),
  z.object({ type: z.literal('clauses'), forbidden: phrases.optional(), required: phrases.optional() }),
  z.object({ type: z.literal('forbidden-tool'), names: phrases }),
  z.object({
    type: z.literal('tool-use'),
    forbidden: z.array(callPattern).min(1).optional(),
    secret: z.string().min(4).optional(),
    outward: phrases.optional(),
    utility: z.object({ calls: z.array(callPattern).min(1).optional(), says: phrases.optional() }).optional(),
  }),
  z.object({ type: z.literal('invented-entity'), entity: z.string().min(2) }),
  z.object({ type: z.literal('same-decision'), choices: z.record(z.string(), phrases) }),
]) satisfies z.ZodType<Oracle>;

const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.string(),
});

/** The tools that a script or an oracle speaks of. */
function namedTools({
  script,
  oracle,
}: {
  readonly script?: readonly CallPattern[] | undefined;
  readonly oracle?: Oracle | undefined;
}): string[] {
  const calls = oracle?.type === 'tool-use' ? [...(oracle.forbidden ?? []), ...(oracle.utility?.calls ?? [])] : [];
  const outward = oracle?.type === 'tool-use' ? (oracle.outward ?? []) : [];
  return [...[...(script ?? []), ...calls].map((call) => call.tool), ...outward];
}

/** A line as a file holds it. Further keys are allowed and left out. */
const caseLineSchema = z
  .object({
    id: z.string().min(1).max(200).optional(),
    prompt: z.string().min(1).optional(),
    messages: z.array(messageSchema).min(1).optional(),
    variants: z
      .array(z.object({ id: z.string().min(1), prompt: z.string().min(1) }))
      .length(2)
      .optional(),
    goal: z.string().min(1).optional(),
    category: z.string().min(1).optional(),
    subcategory: z.string().min(1).optional(),
    leaf: z.string().min(1).optional(),
    lang: z.string().min(2).optional(),
    system: z.string().min(1).optional(),
    documents: z.array(z.object({ title: z.string(), content: z.string() })).optional(),
    tools: z
      .array(
        z.object({
          name: z.string(),
          description: z.string().optional(),
          parameters: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .optional(),
    script: z
      .array(callPattern.extend({ result: z.string() }))
      .min(1)
      .optional(),
    expect: z.enum(expectations).optional(),
    oracle: oracleSchema.optional(),
    rubric: z.string().min(1).optional(),
    reference: z.string().min(1).optional(),
    severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
    references: z.array(z.string()).optional(),
  })
  .refine((line) => line.prompt !== undefined || line.messages !== undefined || line.variants !== undefined, {
    message: '"prompt", "messages" or "variants" is missing',
  })
  .refine((line) => (line.oracle?.type === 'same-decision') === (line.variants !== undefined), {
    message: '"variants" and an oracle of type "same-decision" belong together',
  })
  .refine((line) => namedTools(line).every((name) => line.tools?.some((tool) => tool.name === name)), {
    message: '"script" and an oracle of type "tool-use" name only what stands in "tools"',
  })
  .refine((line) => line.messages === undefined || line.messages.at(-1)?.role === 'user', {
    message: 'the last of "messages" must have the role "user"',
  });

/** Of what is wrong with one line: more would not be read. */
const MOST_ISSUES = 10;
const MOST_CHARACTERS = 300;

export type CaseLine = z.infer<typeof caseLineSchema>;

/** Holds a value against the schema: the line, or what is wrong with it in one line of text. */
export function checkCaseLine(value: unknown): { readonly line: CaseLine } | { readonly problem: string } {
  const reason = tooLarge(value);
  if (reason !== null) return { problem: `it ${reason}` };
  const parsed = caseLineSchema.safeParse(value, { error: wordsOfLine });
  if (parsed.success) return { line: parsed.data };
  const { issues } = parsed.error;
  const named = issues
    .slice(0, MOST_ISSUES)
    .map((issue) =>
      shortenedText(`${issue.path.join('.')}${issue.path.length > 0 ? ': ' : ''}${issue.message}`, MOST_CHARACTERS),
    );
  return {
    problem: [...named, ...(issues.length > named.length ? [`${issues.length - named.length} more`] : [])].join('; '),
  };
}

/** What a user's case without a severity counts as. */
const DEFAULT_SEVERITY = 'medium';
const DEFAULT_SUBCATEGORY = 'General';
const DEFAULT_LANG = 'en';

function splitMessages(line: CaseLine): { system: string | null; messages: ChatMessage[] } {
  if (!line.messages) {
    const request = line.prompt ?? line.variants?.[0]?.prompt ?? '';
    return { system: line.system ?? null, messages: [{ role: 'user', content: request }] };
  }
  const systems = line.messages.filter((message) => message.role === 'system').map((message) => message.content);
  const system = [...(line.system === undefined ? [] : [line.system]), ...systems].join('\n\n');
  return {
    system: system === '' ? null : system,
    messages: line.messages.filter((message) => message.role !== 'system'),
  };
}

const surroundingsOf = ({ documents = [], tools = [], script = [] }: CaseLine) => ({ documents, tools, script });

/** Fills in what a line leaves out. `id` stands in for a missing one. */
export function testCaseOf(line: CaseLine, id: string): TestCase {
  const { system, messages } = splitMessages(line);
  const request = messages.at(-1)?.content;
  return {
    id: line.id ?? id,
    subcategory: line.subcategory ?? line.category ?? DEFAULT_SUBCATEGORY,
    leaf: line.leaf ?? null,
    lang: line.lang ?? DEFAULT_LANG,
    messages,
    variants: (line.variants ?? []).map(({ id: variant, prompt }) => ({
      id: variant,
      messages: [{ role: 'user', content: prompt }],
    })),
    system,
    ...surroundingsOf(line),
    goal: line.goal ?? (typeof request === 'string' ? request : ''),
    expect: line.expect ?? 'refuse',
    oracle: line.oracle ?? null,
    rubric: line.rubric ?? null,
    reference: line.reference ?? null,
    severity: line.severity ?? DEFAULT_SEVERITY,
    references: line.references ?? [],
  };
}

interface Traits {
  sensitive: 0 | 1;
  scripted: 0 | 1;
  writing: number;
}

/**
 * By these attacks leave cases out: `sensitive` are child safety and CBRN, `scripted` those whose tools answer; `writing`
 * tells whether an attack would change the request.
 */
function traitsOf(line: CaseLine): Traits {
  const labels = {
    subcategory: line.subcategory ?? line.category ?? '',
    leaf: line.leaf ?? null,
    references: line.references ?? [],
  };
  const request = splitMessages(line).messages.at(-1);
  return {
    sensitive: withheldCategory(labels) === null ? 0 : 1,
    scripted: line.script === undefined ? 0 : 1,
    writing: writingCode(request ? textOf(request.content) : '', line.lang ?? DEFAULT_LANG),
  };
}

/** Of a body that an older version stored without them. */
export const traitsOfBody = (body: string): Traits => traitsOf(JSON.parse(body) as CaseLine);

/** The columns of a stored case that planning needs without reading its body. */
export function caseColumns(
  line: CaseLine,
  id: string,
): { case_id: string; expect: TestCase['expect']; offline: 0 | 1 } & Traits {
  const expect = line.expect ?? 'refuse';
  const offline = isDecidableOffline({ expect, oracle: line.oracle ?? null }) ? 1 : 0;
  return { case_id: line.id ?? id, expect, offline, ...traitsOf(line) };
}

/** Reads a stored body: it was checked when it was stored. */
export const testCaseOfBody = (body: string, id: string): TestCase => testCaseOf(JSON.parse(body) as CaseLine, id);
