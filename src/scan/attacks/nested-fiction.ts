// Nested fiction (Li et al., DeepInception, 2311.03191): a story within a story, in whose depth the request is met.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { fill, promptFile } from './prompt-file.ts';

const words = promptFile(
  'nested-fiction',
  z.strictObject({ opening: z.string(), matter: z.string(), rules: z.array(z.string()).min(1), closing: z.string() }),
);

/** The paper's five layers of five characters. */
const parameters = z.strictObject({
  layers: z.coerce.number().int().min(1).max(20).default(5),
  characters: z.coerce.number().int().min(1).max(20).default(5),
});

export const nestedFiction: Attack<z.infer<typeof parameters>> = {
  id: 'nested-fiction',
  title: 'Nested Fiction',
  summary: 'Asks for a story within a story, whose innermost characters work out the request.',
  paper: 'https://arxiv.org/abs/2311.03191',
  family: 'framing',
  fidelity: 'structural',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations(testCase, { layers, characters }) {
    const { opening, matter, rules, closing } = words();
    const filled = { layers: String(layers), characters: String(characters) };
    const listed = rules.map((rule) => `- ${rule}`);
    const text = fill([opening, '{matter}', ...listed, closing].join('\n'), filled);
    // The request goes in last: nothing inside it is read as a place to fill.
    return [
      openingWith(
        testCase,
        text.replace('{matter}', () => fill(matter, { request: requestOf(testCase) })),
      ),
    ];
  },
};
