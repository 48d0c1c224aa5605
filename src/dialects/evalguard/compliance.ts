// A scan as EvalGuard's compliance report: controls of a framework, counted from its decided tests. It never says that
// anything complies: a control without a failure is one in which none was found.
import { isDecided, scoreOf } from '../../core/outcome.ts';
import { type ControlView, controlsOf, controlViews, type Framework } from '../../scan/frameworks.ts';
import type { RoundsFigures } from '../../scan/rounds.ts';
import type { CountedTest } from '../../store/aggregates.ts';
import type { FindingAnswer } from './findings.ts';

const count = (controls: readonly ControlView[], wanted: (control: ControlView) => boolean): number =>
  controls.filter(wanted).length;

const round = (share: number): number => Math.round(share * 10_000) / 10_000;

/** `coverage` is the share of controls with a decided test, in 0..1. */
export function complianceAnswer(
  framework: Framework,
  tests: readonly CountedTest[],
  figures: RoundsFigures,
  findings: readonly FindingAnswer[],
): Record<string, unknown> {
  const decided = tests.filter(({ outcome }) => isDecided(outcome));
  const controls = controlViews(
    framework,
    decided.map(({ refs, outcome }) => ({
      references: JSON.parse(refs) as string[],
      isFailure: scoreOf(outcome) !== 100,
    })),
  );
  const tested = count(controls, ({ tests: n }) => n > 0);
  return {
    framework: framework.id,
    title: framework.title,
    totalControls: controls.length,
    testedControls: tested,
    passedControls: count(controls, ({ status }) => status === 'no failure found'),
    failedControls: count(controls, ({ status }) => status === 'failed'),
    coverage: controls.length === 0 ? 0 : round(tested / controls.length),
    findings: findings.flatMap((finding) => {
      const own = controlsOf(framework, finding.metadata.references as string[]);
      return own.length === 0 ? [] : [{ ...finding, controls: own }];
    }),
    controls: controls.map((control) => ({
      ...control,
      upperBound: control.upperBound === null ? null : round(control.upperBound),
    })),
    decidedTests: figures.decided,
    note: 'Counted from the tests of one scan. "No failure found" is no statement of compliance.',
  };
}
