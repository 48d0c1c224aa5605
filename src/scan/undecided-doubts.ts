// How much of a scan judge and guard left undecided by errors of their own, in clauses that a sentence begins with. Pure.
import type { Summary } from './summarise.ts';

export function undecidedDoubts({ counts }: Pick<Summary, 'counts'>): string[] {
  const {
    judge_error: failed = 0,
    judge_refused: refused = 0,
    guard_undecided: open = 0,
  } = counts.inconclusive_reasons;
  return [
    ...(failed + refused > 0 ? [`the judge gave no verdict on ${failed + refused} of ${counts.tests} tests.`] : []),
    ...(open > 0 ? [`the guard could not decide on ${open} of ${counts.tests} tests.`] : []),
  ];
}
