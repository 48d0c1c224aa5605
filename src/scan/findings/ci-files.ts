// The files for pipelines: SARIF, JUnit, and the comment for a pull request.
import type { Readable } from 'node:stream';
import { titlesOf } from '../artifacts.ts';
import { ciDataOf, decisionTexts, type StandingScan } from './ci-report.ts';
import type { FindingContext } from './findings.ts';
import { fingerprintOf } from './fingerprint.ts';
import { ordinaryTests } from './reading.ts';

export async function sarifOf(context: FindingContext, standing: StandingScan): Promise<string> {
  const { sarifText } = await import('../../reports/sarif.ts');
  return sarifText(await ciDataOf(context, standing));
}

export async function markdownOf(context: FindingContext, standing: StandingScan): Promise<string> {
  const { markdownComment } = await import('../../reports/markdown.ts');
  return markdownComment(await ciDataOf(context, standing));
}

export async function junitOf(context: FindingContext, { scan, summary }: StandingScan): Promise<Readable> {
  const { junitXml } = await import('../../reports/junit.ts');
  const decisions = await decisionTexts(context, scan.project_id);
  return junitXml(() => ordinaryTests(context.store, scan.id), {
    name: scan.name,
    simulated: summary.target.simulated,
    titles: titlesOf(scan),
    decisionOn: (test) => decisions.get(fingerprintOf(test)) ?? null,
  });
}
