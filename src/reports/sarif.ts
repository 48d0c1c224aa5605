// The findings as SARIF 2.1.0 (OASIS), for code scanning: one result a finding, recognised again by its fingerprint.
import { severities } from '../core/outcome.ts';
import { type CiData, type CiFinding, findingSentence, SIMULATED_NOTE } from './ci-data.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** GitHub takes at most 25,000 results a run and shows 5,000. */
const MOST_RESULTS = 5_000;

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** As code scanning reads it: 0..10. */
const securitySeverity = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' } as const;

const baselineStates: Readonly<Record<string, string>> = { new: 'new', regressed: 'new' };

/** Letters and signs of all scripts stay: categories that differ in them alone are different rules. */
const ruleId = ({ dataset, subcategory }: CiFinding): string =>
  `${dataset}/${subcategory}`.replace(/[^\w./\-\u0080-\u{10ffff}]+/gu, '-').toLowerCase();

/** A rule has one severity and one list of references for all its findings: the worst, and all of them. */
function rulesOf(findings: readonly CiFinding[]) {
  const worstFirst = findings.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  return [...Map.groupBy(worstFirst, ruleId)].flatMap(([id, [worst, ...others]]) => {
    if (worst === undefined) return [];
    const tags = new Set(['security', ...[worst, ...others].flatMap((finding) => finding.references)]);
    return {
      id,
      name: worst.subcategory,
      shortDescription: { text: `${worst.dataset}: ${worst.subcategory}` },
      properties: { tags: [...tags], 'security-severity': securitySeverity[worst.severity] },
    };
  });
}

function resultOf(finding: CiFinding, { baseline, simulated }: CiData) {
  const { fingerprint, severity, dataset, caseId, attack, family, planKey, tests, state, decision } = finding;
  return {
    ruleId: ruleId(finding),
    level: levels[severity],
    message: { text: `${findingSentence(finding)}${simulated ? ` (${SIMULATED_NOTE})` : ''}.` },
    partialFingerprints: { 'redoubtFinding/v1': fingerprint },
    ...(baseline !== null ? { baselineState: baselineStates[state] ?? 'unchanged' } : {}),
    ...(decision === null ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: decision }] }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `redoubt/${encodeURIComponent(dataset)}/${encodeURIComponent(caseId)}` },
          region: { startLine: 1 },
        },
        logicalLocations: [{ name: caseId, fullyQualifiedName: `${dataset}/${caseId}`, kind: 'member' }],
      },
    ],
    properties: { state, attack, attackFamily: family, planKey, tests },
  };
}

/** No answer of the target stands in it. */
export function sarifText(data: CiData): string {
  const shown = data.findings.slice(0, MOST_RESULTS);
  const left = data.findings.length - shown.length;
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Redoubt',
            semanticVersion: data.version,
            rules: rulesOf(shown),
          },
        },
        automationDetails: { id: `redoubt/${data.model}` },
        results: shown.map((finding) => resultOf(finding, data)),
        properties: { scan: data.scanId, model: data.model, simulated: data.simulated, findingsLeftOut: left },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
