// Holds our attacks against vectors of reference implementations: which vector is ours to match, how, and what differs on purpose.
import { readFileSync } from 'node:fs';
import { textOf } from '../../src/core/chat.ts';
import { seededRandom } from '../../src/core/random.ts';
import { chooseAttack, requireAttack } from '../../src/scan/attacks/index.ts';
import { testCaseOf } from '../../src/scan/datasets/case-line.ts';
import { declaredDifferences, reasonApart, referenceOf } from './references.ts';

/** One output of a reference on a harmless input. */
export interface Vector {
  readonly impl: string;
  readonly source: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly input_id: string;
  readonly output?: string;
  readonly disguised?: string;
  readonly task_line?: string;
  readonly one_shot_demo?: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly assignments?: readonly string[];
  readonly addition?: string;
  readonly few_shot_halves?: readonly (readonly [string, string])[];
}

export interface VectorFile {
  readonly inputs: Readonly<Record<string, string>>;
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly vectors: readonly Vector[];
}

export type Comparison =
  | { readonly kind: 'same'; readonly vector: Vector; readonly attack: string }
  | { readonly kind: 'declared'; readonly vector: Vector; readonly reason: string }
  | { readonly kind: 'different'; readonly vector: Vector; readonly attack: string; readonly faults: readonly string[] }
  /** No attack of ours takes after this reference. */
  | { readonly kind: 'apart'; readonly vector: Vector; readonly reason: string };

export const goldenFile = new URL('../golden/attacks.json', import.meta.url);

export const readVectors = (path: URL | string): VectorFile => JSON.parse(readFileSync(path, 'utf8')) as VectorFile;

interface Made {
  readonly payload: string;
  readonly said: string;
}

/** What the named attack makes of a text. */
export function make(written: string, text: string): Made {
  const chosen = chooseAttack(written);
  const attack = requireAttack(chosen.id);
  const random = () => seededRandom(1, 'conformance', chosen.label);
  const testCase = testCaseOf({ prompt: text }, 'conformance');
  const [messages = []] = attack.conversations?.(testCase, chosen.parameters, random()) ?? [];
  return {
    payload: attack.payload?.(text, chosen.parameters, random()) ?? text,
    said: messages.map((message) => textOf(message.content)).join('\n'),
  };
}

function faultsOf(vector: Vector, { payload, said }: Made): string[] {
  const expected = vector.disguised ?? vector.output;
  const parts = [vector.task_line, vector.one_shot_demo, ...(vector.few_shot_halves ?? []).flat()];
  // The examples of few-shot take the place of the one-shot example.
  const wanted = parts.filter(
    (part) => part !== undefined && !(part === vector.one_shot_demo && vector.few_shot_halves !== undefined),
  );
  return [
    ...(payload === expected ? [] : [`payload is ${JSON.stringify(payload)}, not ${JSON.stringify(expected)}`]),
    ...wanted.filter((part) => !said.includes(part!)).map((part) => `the messages lack ${JSON.stringify(part)}`),
  ];
}

function setApart(vector: Vector): Comparison {
  const reason = reasonApart(vector);
  if (reason !== undefined) return { kind: 'apart', vector, reason };
  return {
    kind: 'different',
    vector,
    attack: 'none',
    faults: ['no attack takes after it, and none was declared not to'],
  };
}

export function compare(vector: Vector, inputs: VectorFile['inputs']): Comparison {
  const text = inputs[vector.input_id];
  const declared = declaredDifferences.find(({ applies }) => applies(vector));
  if (declared && text !== undefined) {
    const { reason } = declared;
    if (declared.holds(vector, text)) return { kind: 'declared', vector, reason };
    return { kind: 'different', vector, attack: 'none', faults: [`differs in more than was declared: ${reason}`] };
  }
  const reference = text === undefined ? undefined : referenceOf(vector, text);
  if (reference === undefined || text === undefined) return setApart(vector);
  const { attack, payload } = reference;
  const made = make(attack, text);
  const faults = faultsOf(vector, payload ? { ...made, payload: payload(text) } : made);
  return faults.length === 0 ? { kind: 'same', vector, attack } : { kind: 'different', vector, attack, faults };
}
