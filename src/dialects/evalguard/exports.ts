// A scan's findings as EvalGuard's exports: Burp's issue list, and pairs for preference training. Pure.
import type { Expectation, Severity } from '../../core/outcome.ts';
import type { FindingAnswer } from './findings.ts';

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

const element = (name: string, text: string): string => `    <${name}>${escaped(text)}</${name}>`;
const encoded = (name: string, text: string): string =>
  `      <${name} base64="true">${Buffer.from(text, 'utf8').toString('base64')}</${name}>`;

/** Burp knows no critical. */
const burpSeverity: Readonly<Record<Severity, string>> = {
  critical: 'High',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

const FIRM = 0.75;

function issue(finding: FindingAnswer, index: number, host: string): string {
  const confidence = Number(finding.metadata.confidence) >= FIRM ? 'Firm' : 'Tentative';
  return [
    '  <issue>',
    element('serialNumber', String(index + 1)),
    element('name', finding.title),
    element('host', host),
    element('path', '/chat/completions'),
    element('location', finding.id),
    element('severity', burpSeverity[finding.severity]),
    element('confidence', confidence),
    element('issueDetail', finding.description),
    '    <requestresponse>',
    encoded('request', finding.input),
    encoded('response', finding.output),
    '    </requestresponse>',
    '  </issue>',
  ].join('\n');
}

/** Issues as Burp Suite writes them; a scan without findings is a list without issues. */
export const burpXml = (findings: readonly FindingAnswer[], host: string, exportTime: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<issues burpVersion="Redoubt" exportTime="${escaped(exportTime)}">`,
    ...findings.map((finding, index) => issue(finding, index, host)),
    '</issues>',
    '',
  ].join('\n');

/** Said where the target should have declined. */
const REFUSAL = "I can't help with that.";

/** Elsewhere a refusal is no good answer: somebody in need is to be helped, a question within the rules answered. */
const answeredByRefusal: readonly Expectation[] = ['refuse', 'keep-secret'];

/** One pair a line for each finding whose right answer is a refusal and whose answer may leave; null where there is none. */
export function dpoLines(findings: readonly FindingAnswer[]): string | null {
  const lines = findings
    .filter(({ metadata }) => metadata.withheld === null && answeredByRefusal.includes(metadata.expect))
    .map(({ id, type, input, output, metadata }) =>
      JSON.stringify({
        prompt: input,
        chosen: REFUSAL,
        rejected: output,
        metadata: { finding: id, type, case_id: metadata.caseId, chosen_by: 'redoubt: a fixed refusal' },
      }),
    );
  return lines.length === 0 ? null : `${lines.join('\n')}\n`;
}
