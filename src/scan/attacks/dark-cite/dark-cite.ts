// DarkCite (Yang et al., 2411.11407): the request as a tutorial on a citation of the kind that its issue makes credible.
// The paper lets a model classify and write the citation; this form does both from tables, and invents everything in it.
import { z } from 'zod';
import type { Random } from '../../../core/random.ts';
import type { TestCase } from '../../../core/test-case.ts';
import { type Attack, harmfulIntent } from '../attack.ts';
import { openingWith, requestOf } from '../opening.ts';
import { fill } from '../prompt-file.ts';
import { citationData, inventCitation, keyOf, kindIds, matchingKind } from './citation.ts';

const parameters = z.strictObject({
  /** The kind of source; "matched": the one that fits the issue, which is the point of the paper. */
  citation: z.enum(['matched', ...kindIds]).default('matched'),
  /** Conversations, each with another citation. The published code samples three. */
  samples: z.coerce.number().int().min(1).max(3).default(1),
});
type CiteParameters = z.infer<typeof parameters>;

function tutorialOn(testCase: TestCase, { citation }: CiteParameters, random: Random): string {
  const { kinds, prompt, note, outline } = citationData();
  const request = requestOf(testCase);
  const id = citation === 'matched' ? matchingKind(testCase, request) : citation;
  const key = keyOf(testCase, request);
  const points = outline.map((point, at) => `${at + 1}. ${fill(point, { request })}`);
  return [fill(prompt, { name: kinds[id].name, key }), ...points, '', note, '', inventCitation(id, key, random)].join(
    '\n',
  );
}

export const darkCite: Attack<CiteParameters> = {
  id: 'dark-cite',
  title: 'DarkCite',
  summary: 'Asks for a tutorial on an invented citation of the kind that lends the request most authority.',
  paper: 'https://arxiv.org/abs/2411.11407',
  family: 'persuasion',
  fidelity: 'static',
  version: 2,
  calls: 1,
  budget: ({ samples }) => ({ tries: samples, turns: 1, calls: samples, attackerCalls: 0 }),
  parameters,
  appliesTo: harmfulIntent,
  conversations: (testCase, chosen, random) =>
    Array.from({ length: chosen.samples }, () => openingWith(testCase, tutorialOn(testCase, chosen, random))),
};
