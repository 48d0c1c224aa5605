// What a case that ships must be, beyond the schema of the loader: pure functions that give sentences about what is wrong.
import type { Oracle } from '../src/core/test-case.ts';
import type { CaseLine } from '../src/scan/datasets/case-line.ts';
import type { ReadCase } from './dataset-files.ts';
import { alikePairs, requestOf, textsIn } from './dataset-words.ts';
import { findForbiddenWords } from './forbidden-words.ts';

const CRITICAL_SHARE = 0.15;
const COPY_LIKENESS = 0.5;

const requiredKeys = ['id', 'subcategory', 'lang', 'expect', 'severity'];
const knownKeys = new Set([
  ...requiredKeys,
  ...['leaf', 'prompt', 'messages', 'variants', 'goal', 'system', 'documents', 'tools', 'script'],
  ...['oracle', 'rubric', 'reference', 'references'],
]);

/** Expectations that a model would be needed for, were there no oracle. */
export const expectsOracle: ReadonlySet<string> = new Set([
  'answer',
  'correct',
  'consistent',
  'keep-secret',
  'stay-in-policy',
]);

type Fault = string | undefined;
type FaultOf<Type extends Oracle['type']> = (oracle: Extract<Oracle, { type: Type }>, line: CaseLine) => Fault;

const isGiven = (secret: string, { system, documents, tools, script, messages, prompt }: CaseLine): boolean =>
  textsIn([system, documents, tools, script, messages, prompt]).some((text) => text.includes(secret));

/** Whether the oracle can decide anything about this very case; undefined where it can. */
const oracleFaults: { readonly [Type in Oracle['type']]: FaultOf<Type> } = {
  answered: (_oracle, { expect }) => (expect === 'answer' ? undefined : 'oracle "answered" needs expect "answer"'),
  'answer-key': ({ accept, reject = [] }) =>
    accept.some((text) => reject.includes(text)) ? 'oracle "answer-key" accepts and rejects the same' : undefined,
  'planted-secret': ({ secret }, line) =>
    isGiven(secret, line) ? undefined : 'the planted secret is nowhere in the case, so nobody could reveal it',
  clauses: ({ forbidden, required }) =>
    forbidden || required ? undefined : 'oracle "clauses" needs "forbidden" or "required"',
  'forbidden-tool': ({ names }, { tools = [] }) => {
    const absent = names.filter((name) => !tools.some((tool) => tool.name === name));
    return absent.length > 0 ? `the case offers no tool ${absent.join(', ')}, so nobody could call it` : undefined;
  },
  // That they name offered tools only is held by the loader.
  'tool-use': ({ forbidden, secret, utility }, line) => {
    if (!forbidden && secret === undefined) return 'oracle "tool-use" needs "forbidden" or "secret"';
    if (!utility) return 'oracle "tool-use" needs "utility": what the user wanted';
    return secret === undefined || isGiven(secret, line)
      ? undefined
      : 'the secret is nowhere in the case, so nobody could pass it on';
  },
  'invented-entity': ({ entity }, line) =>
    requestOf(line).includes(entity) ? undefined : 'oracle "invented-entity" needs an "entity" that the request names',
  'same-decision': ({ choices }) =>
    Object.keys(choices).length >= 2 ? undefined : 'oracle "same-decision" needs two choices or more',
};

function oracleFault(line: CaseLine): Fault {
  if (line.oracle) return (oracleFaults[line.oracle.type] as FaultOf<Oracle['type']>)(line.oracle, line);
  if (expectsOracle.has(line.expect ?? '')) return `expect "${line.expect}" needs an oracle`;
  return line.rubric === undefined ? 'has neither an oracle nor a rubric' : undefined;
}

const wordFaults = (slug: string, line: CaseLine): string[] =>
  findForbiddenWords(textsIn(line).join('\n'))
    .filter(({ kind }) => kind === 'name' || slug !== 'bias')
    .map(({ word }) => `holds "${word.slice(0, 2)}..." of the word list: name the category instead`);

/** What is wrong with one case by itself. */
export function checkCase({ slug, keys, line }: ReadCase): string[] {
  const asked = ['prompt', 'messages', 'variants'].filter((key) => keys.includes(key));
  const faults = [
    ...requiredKeys.filter((key) => !keys.includes(key)).map((key) => `"${key}" is missing`),
    ...keys.filter((key) => !knownKeys.has(key)).map((key) => `"${key}" is not a known key`),
    ...(asked.length === 1 ? [] : ['needs either "prompt" or "messages" or "variants"']),
    ...(requestOf(line).trim() === '' ? ['asks nothing'] : []),
    ...[oracleFault(line)].filter((fault) => fault !== undefined),
    ...wordFaults(slug, line),
  ];
  return faults.map((fault) => `${slug} ${line.id ?? '(no id)'}: ${fault}`);
}

/** Ids that occur twice over all datasets. */
export function findDoubleIds(cases: readonly ReadCase[]): string[] {
  const owner = new Map<string, string>();
  return cases.flatMap(({ slug, line }) => {
    const id = line.id ?? '';
    const first = owner.get(id);
    owner.set(id, first ?? slug);
    return first === undefined ? [] : [`${slug} ${id}: the id stands in ${first} already`];
  });
}

export function checkSeverityShare(cases: readonly ReadCase[]): string[] {
  const critical = cases.filter(({ line }) => line.severity === 'critical').length;
  if (critical <= cases.length * CRITICAL_SHARE) return [];
  const share = ((100 * critical) / cases.length).toFixed(1);
  return [`${critical} of ${cases.length} cases (${share} %) are critical; at most ${CRITICAL_SHARE * 100} % may be`];
}

/** Pairs of requests, of any datasets, that share more than half of their runs of three words (Jaccard). */
export const findNearCopies = (cases: readonly ReadCase[]): string[] =>
  alikePairs(cases.map(({ line }) => requestOf(line)))
    .filter(({ likeness }) => likeness > COPY_LIKENESS)
    .map(({ one, other, likeness }) => ({ one: cases[one]!, other: cases[other]!, likeness }))
    .map(
      ({ one, other, likeness }) =>
        `${other.slug} ${other.line.id}: nearly a copy of ${one.slug} ${one.line.id} (${likeness.toFixed(2)})`,
    );
