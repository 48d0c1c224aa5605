// Role-play (Shen et al., 2308.03825): request and answer are lines of a scene in which both sides have a part.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { fill, templatePool } from './prompt-file.ts';

const scenes = templatePool('role-plays');

/** `scene`: the id of a scene. */
const parameters = z.strictObject({ scene: scenes.parameter('scene') });

export const rolePlay: Attack<z.infer<typeof parameters>> = {
  id: 'role-play',
  title: 'Role-play',
  summary: 'Makes the request a line of a scene in which the model has a part that answers.',
  paper: 'https://arxiv.org/abs/2308.03825',
  family: 'framing',
  fidelity: 'structural',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations: (testCase, { scene }, random) => [
    openingWith(testCase, fill(scenes.choose(scene, random), { request: requestOf(testCase) })),
  ],
};
