// Where the trained judge lies, how it is written, and how it is read: once, when first asked for.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { RedoubtError } from '../../core/errors.ts';
import { lazyModel } from '../../inference/weights-file.ts';
import type { JudgeParts } from './model.ts';

/** The folder of the judge that ships, from the sources and from the build alike. */
const shipped = fileURLToPath(new URL('../../../data/models/judge-1/', import.meta.url));

export const judgeFiles = { goal: 'goal.bin', answer: 'answer.bin', trees: 'trees.json' } as const;

const tree = z.object({
  feature: z.array(z.number()),
  value: z.array(z.number()),
  left: z.array(z.number()),
  right: z.array(z.number()),
});
const forest = z.object({
  features: z.array(z.string()),
  bias: z.number(),
  trees: z.array(tree),
  calibration: z.object({ kind: z.literal('temperature'), scale: z.number(), shift: z.number() }),
});
const forestsSchema = z.object({ refusal: forest, help: forest });

function readForests(path: string): z.infer<typeof forestsSchema> {
  try {
    return forestsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new RedoubtError('BAD_WEIGHTS', {
      value: path,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Reads the judge in `folder` at the first call and keeps it; throws BAD_WEIGHTS where a file is missing or broken. */
function lazyJudge(folder: string): () => JudgeParts {
  let loaded: JudgeParts | null = null;
  const goal = lazyModel(`${folder}${judgeFiles.goal}`);
  const answer = lazyModel(`${folder}${judgeFiles.answer}`);
  return () => {
    loaded ??= { goal: goal().model, answer: answer().model, ...readForests(`${folder}${judgeFiles.trees}`) };
    return loaded;
  };
}

export const shippedJudge = lazyJudge(shipped);
