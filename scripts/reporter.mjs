// A vitest reporter for people and machines that read only the end of a log: why tests were skipped, each reason once,
// and as the very last line "N passed, N failed, N skipped".
import { writeSync } from 'node:fs';

const separator = ' - skipped: ';

/** The reason in a name such as "stores on PostgreSQL - skipped: no initdb on this machine > keeps a row". */
export function skipReasonOf(fullName) {
  const start = fullName.indexOf(separator);
  return start === -1 ? undefined : fullName.slice(start + separator.length).split(' > ')[0];
}

const isBroken = (module) => module.state() === 'failed' && ![...module.children.allTests('failed')].length;

/** Counts tests; a file that could not be loaded or a stray error counts as one failed test, so that 0 means none. */
export function countTests(modules, unhandledErrors) {
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  const reasons = new Map();
  for (const module of modules) {
    if (isBroken(module)) counts.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed' || state === 'failed') {
        counts[state] += 1;
        continue;
      }
      counts.skipped += 1;
      const reason = skipReasonOf(test.fullName) ?? test.result().note ?? `no reason given: ${test.fullName}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return { ...counts, reasons };
}

const renderSkips = (reasons) =>
  [...reasons].map(([reason, count]) => `skipped: ${reason} (${count} ${count === 1 ? 'test' : 'tests'})`);

// biome-ignore lint/style/noDefaultExport: vitest finds a reporter by its default export
export default class ClosingLineReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const { passed, failed, skipped, reasons } = countTests(modules, unhandledErrors);
    const checks = process.env.REDOUBT_FAILED_CHECKS;
    const lines = [
      '',
      ...renderSkips(reasons),
      ...(checks ? [`failed before the tests: ${checks}`] : []),
      `${passed} passed, ${failed} failed, ${skipped} skipped`,
      '',
    ];
    // The other reporters write while this runs; at the exit nobody writes any more.
    process.once('exit', () => writeSync(1, lines.join('\n')));
  }
}
