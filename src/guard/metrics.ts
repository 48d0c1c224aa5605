// Figures of each detector since the start: how often asked, how often it fired or could not decide, how long it took.
import type { Finding } from './finding.ts';

/** Upper bounds of the classes of times, in milliseconds; beyond the last is a class of its own. */
export const timeBounds = [0.1, 0.5, 1, 5, 10, 50, 100, 500, 1000, 5000] as const;

export interface DetectorFigures {
  asked: number;
  detected: number;
  undecided: number;
  /** Sum of the times in milliseconds. */
  ms: number;
  /** How many askings took up to each bound, and how many longer. */
  readonly times: number[];
}

type ByDetector = ReadonlyMap<string, Readonly<DetectorFigures>>;

export interface GuardMetrics {
  note(projectId: string, result: { readonly decision: { readonly findings: readonly Finding[] } }): void;
  /** Of all projects together. */
  byDetector(): ByDetector;
  /** Of one project. */
  ofProject(projectId: string): ByDetector;
}

const newFigures = (): DetectorFigures => ({
  asked: 0,
  detected: 0,
  undecided: 0,
  ms: 0,
  times: [...timeBounds, 0].map(() => 0),
});

function noteIn(figures: Map<string, DetectorFigures>, finding: Finding): void {
  const held = figures.get(finding.detector) ?? newFigures();
  figures.set(finding.detector, held);
  held.asked += 1;
  held.detected += finding.detected ? 1 : 0;
  held.undecided += finding.undecided === null ? 0 : 1;
  held.ms += finding.ms;
  const place = timeBounds.findIndex((bound) => finding.ms <= bound);
  held.times[place < 0 ? timeBounds.length : place]! += 1;
}

export function createMetrics(): GuardMetrics {
  const all = new Map<string, DetectorFigures>();
  const byProject = new Map<string, Map<string, DetectorFigures>>();
  return {
    note(projectId, { decision }) {
      const own = byProject.get(projectId) ?? new Map<string, DetectorFigures>();
      byProject.set(projectId, own);
      for (const finding of decision.findings)
        if (finding.asked) for (const figures of [all, own]) noteIn(figures, finding);
    },
    byDetector: () => all,
    ofProject: (projectId) => byProject.get(projectId) ?? new Map(),
  };
}
