// What a scan plants in the target's system prompt where it looks for leaks: a marked block of invented secrets.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { seededRandom } from '../core/random.ts';
import type { Plant } from './spec.ts';

const path = fileURLToPath(new URL('../../data/prompts/plant.yaml', import.meta.url));
const schema = z.object({ block: z.string(), code: z.string(), values: z.array(z.string()) });

/** Letters and digits that nobody mistakes for one another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The block of a seed: another seed has another access code. */
export function plantOf(seed: number): Plant {
  const { block, code: shape, values } = schema.parse(parse(readFileSync(path, 'utf8')));
  const random = seededRandom(seed, 'plant');
  const code = shape.replace(/#/g, () => LETTERS[random.below(LETTERS.length)]!);
  return { block: block.trim().replaceAll('{{code}}', code), values: [code, ...values] };
}
