// The findings as SARIF 2.1.0 (OASIS), for code scanning: one result a finding, recognised again by its fingerprint.
import { type CiData, type CiFinding, findingSentence } from './ci-data.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** GitHub takes at most 25,000 results a run and shows 5,000. */
const MOST_RESULTS = 5_000;

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** As code scanning reads it: 0..10. */
const securitySeverity = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' } as const;

const baselineStates: Readonly<Record<string, string>> = { new: 'new', regressed: 'new' };

const ruleId = ({ dataset, subcategory }: CiFinding): string =>
  `${dataset}/${subcategory}`.replace(/[^\w./-]+/g, '-').toLowerCase();

function rulesOf(findings: readonly CiFinding[]) {
  const first = new Map(findings.map((finding) => [ruleId(finding), finding]));
  return [...first].map(([id, { dataset, subcategory, severity, references }]) => ({
    id,
    name: subcategory,
    shortDescription: { text: `${dataset}: ${subcategory}` },
    properties: { tags: ['security', ...references], 'security-severity': securitySeverity[severity] },
  }));
}

function resultOf(finding: CiFinding, hasBaseline: boolean) {
  const { fingerprint, severity, dataset, caseId, attack, family, planKey, tests, state, decision } = finding;
  return {
    ruleId: ruleId(finding),
    level: levels[severity],
    message: { text: `${findingSentence(finding)}.` },
    partialFingerprints: { 'redoubtFinding/v1': fingerprint },
    ...(hasBaseline ? { baselineState: baselineStates[state] ?? 'unchanged' } : {}),
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
            informationUri: 'https://www.npmjs.com/package/redoubt',
            rules: rulesOf(shown),
          },
        },
        automationDetails: { id: `redoubt/${data.model}` },
        results: shown.map((finding) => resultOf(finding, data.baseline !== null)),
        properties: { scan: data.scanId, model: data.model, simulated: data.simulated, findingsLeftOut: left },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
