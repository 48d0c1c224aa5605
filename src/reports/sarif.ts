// The findings as SARIF 2.1.0 (OASIS), for code scanning: one result a finding, recognised again by its fingerprint.
import { severities } from '../core/outcome.ts';
import { type CiData, type CiFinding, findingSentence, SIMULATED_NOTE } from './ci-data.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** GitHub takes at most 25,000 results a run and shows 5,000. */
const MOST_RESULTS = 5_000;
/** And refuses a file with more tags at one rule. */
const MOST_TAGS = 20;

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** As code scanning reads it: 0..10. */
const securitySeverity = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' } as const;

/** A message string: braces stand for placeholders there and are doubled where they mean themselves (3.11.5). */
const message = (text: string) => ({ text: text.replace(/[{}]/g, '$&$&') });

/** A step of a relative URI. "." and ".." would lead elsewhere, half a surrogate pair has no encoding. */
const uriStep = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%2E'));

/** JSON may hold halves of surrogate pairs as escapes, which strict readers take for a broken file. */
const wellFormed = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;

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
      shortDescription: message(`${worst.dataset}: ${worst.subcategory}`),
      properties: { tags: [...tags].slice(0, MOST_TAGS), 'security-severity': securitySeverity[worst.severity] },
    };
  });
}

function resultOf(finding: CiFinding, { baseline, simulated }: CiData) {
  const { fingerprint, severity, dataset, caseId, attack, family, planKey, tests, state, decision } = finding;
  return {
    ruleId: ruleId(finding),
    level: levels[severity],
    message: message(`${findingSentence(finding)}${simulated ? ` (${SIMULATED_NOTE})` : ''}.`),
    partialFingerprints: { 'redoubtFinding/v1': fingerprint },
    ...(baseline !== null ? { baselineState: baselineStates[state] ?? 'unchanged' } : {}),
    ...(decision === null ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: decision }] }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `redoubt/${uriStep(dataset)}/${uriStep(caseId)}` },
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
        // The part behind the last slash names one run (SARIF 2.1.0, 3.17.3): without it two models would be one category.
        automationDetails: { id: `redoubt/${data.model}/` },
        results: shown.map((finding) => resultOf(finding, data)),
        properties: { scan: data.scanId, model: data.model, simulated: data.simulated, findingsLeftOut: left },
      },
    ],
  };
  return `${JSON.stringify(log, wellFormed, 2)}\n`;
}
