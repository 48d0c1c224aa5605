// Finds a case of ours by its id, so that an answer to it is judged by the case's own oracle, rubric and expectation.
import type { TestCase } from '../../core/test-case.ts';
import { builtInCases } from '../datasets/built-in.ts';

let known: ReadonlyMap<string, TestCase> | null = null;

/** The case that ships under this id; undefined where none does. All are read once, when the first is asked for. */
export function shippedCase(id: string): TestCase | undefined {
  known ??= new Map(builtInCases().map((testCase) => [testCase.id, testCase]));
  return known.get(id);
}
