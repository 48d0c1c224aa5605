// How a scan stands against its baseline, in the terminal: one readable line a finding.
import { type CiData, findingSentence, isOpen } from '../reports/ci-data.ts';

const MOST_FIXED = 20;

const labels: Readonly<Record<string, string>> = { new: 'New finding', regressed: 'Back again' };

export function standingLines({ baseline, findings, fixed }: CiData): string[] {
  const known = findings.filter(({ state }) => state === 'known').length;
  const decided = findings.filter(({ state }) => state === 'accepted' || state === 'false_positive').length;
  return [
    ...(baseline === null
      ? []
      : [
          `Baseline        ${baseline.name}: ${baseline.conclusion}; ${baseline.difference}`,
          ...baseline.doubts.map((doubt) => `  because       ${doubt}`),
        ]),
    ...findings
      .filter(isOpen)
      .map((finding) => `${labels[finding.state]}     ${finding.fingerprint} ${findingSentence(finding)}`),
    ...fixed
      .slice(0, MOST_FIXED)
      .map((finding) => `Fixed           ${finding.fingerprint} ${findingSentence(finding)}`),
    `Findings        ${findings.filter(isOpen).length} new, ${known} known, ${decided} accepted or false, ${fixed.length} fixed`,
  ];
}
