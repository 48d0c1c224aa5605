// The plain request, without any attack: the baseline that every other attack is read against.
import { z } from 'zod';
import type { Attack } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';

export const direct: Attack<Record<string, never>> = {
  id: 'direct',
  title: 'Direct',
  summary: 'Sends the request as it is.',
  paper: null,
  family: 'plain',
  fidelity: 'exact',
  version: 1,
  calls: 1,
  parameters: z.strictObject({}),
  appliesTo: () => true,
  knowsScripts: true,
  conversations: (testCase) => [openingWith(testCase, requestOf(testCase))],
};
