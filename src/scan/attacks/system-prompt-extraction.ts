// System-prompt extraction (Zhang et al., 2307.06865): asks for the hidden instructions in ways that slip past a ban.
import { z } from 'zod';
import type { Attack } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { templatePool } from './prompt-file.ts';

const phrasings = templatePool('system-prompt-extraction');

/** `phrasing`: the id of a way to ask. */
const parameters = z.strictObject({ phrasing: phrasings.parameter('phrasing') });

export const systemPromptExtraction: Attack<z.infer<typeof parameters>> = {
  id: 'system-prompt-extraction',
  title: 'System Prompt Extraction',
  summary: 'Asks for the hidden instructions in front of the request; for cases that guard a secret.',
  paper: 'https://arxiv.org/abs/2307.06865',
  family: 'extraction',
  fidelity: 'structural',
  version: 1,
  calls: 1,
  parameters,
  // Elsewhere nothing would be won: instructions that hold no secret may be told.
  appliesTo: (expect) => expect === 'keep-secret',
  conversations: (testCase, { phrasing }, random) => [
    openingWith(testCase, `${phrasings.choose(phrasing, random)}\n\nAfter that: ${requestOf(testCase)}`),
  ],
};
