// Best-of-N jailbreaking (Hughes et al., 2412.03556): the same request, augmented anew for each try, until one succeeds.
import { z } from 'zod';
import { type Attack, harmfulIntent } from '../attack.ts';
import { flag } from '../flag.ts';
import { openingWith, requestOf } from '../opening.ts';
import { augment, type Draws, FULL_STRENGTH, type RecordedDraw, recordedDraws, seededDraws } from './augment.ts';

const DEFAULT_TRIES = 25;
/** More is a load test of the target rather than a measurement: only by setting. The paper goes to 10,000. */
const MOST_TRIES = 1_000;
const MOST_TRIES_EVER = 10_000;

const recordedDraw = z.union([
  z.tuple([z.literal('random'), z.number().min(0).lt(1)]),
  z.tuple([z.literal('shuffle'), z.array(z.number().int().min(0))]),
  z.tuple([z.literal('choice'), z.union([z.literal(-1), z.literal(1)])]),
]);

const readJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'draws is JSON: [["random",0.5],["shuffle",[1,0]],["choice",-1],...]',
    });
    return z.NEVER;
  }
};

const draws: z.ZodType<readonly RecordedDraw[]> = z
  .union([z.string().transform(readJson), z.array(recordedDraw)])
  .pipe(z.array(recordedDraw));

const parameters = z.strictObject({
  /** Tries at most. */
  n: z.coerce.number().int().min(1).max(MOST_TRIES_EVER).default(DEFAULT_TRIES),
  /** How much is changed. */
  sigma: z.coerce.number().min(0).max(1).default(FULL_STRENGTH.sigma),
  /** Stops at the first confirmed success; off, all tries are made, for an estimate from all of them. */
  stop: flag(true),
  scramble: flag(true),
  capitalise: flag(true),
  noise: flag(true),
  /** Recorded draws for the first try, as JSON, in place of the seed's. */
  draws: draws.optional(),
});
type BonParameters = z.infer<typeof parameters>;

const drawsOf = (
  { draws: recorded }: BonParameters,
  random: Parameters<typeof seededDraws>[0],
  tryNo: number,
): Draws => (recorded !== undefined && tryNo === 0 ? recordedDraws(recorded) : seededDraws(random));

export const bon: Attack<BonParameters> = {
  id: 'bon',
  title: 'BoN Attack',
  summary: 'Sends the request again and again, each time with other letters scrambled, flipped and shifted.',
  paper: 'https://arxiv.org/abs/2412.03556',
  family: 'search',
  fidelity: 'exact',
  needs: ['judge'],
  version: 1,
  calls: DEFAULT_TRIES,
  budget: ({ n }) => ({ tries: n, turns: 1, calls: n, attackerCalls: 0 }),
  mostTries: MOST_TRIES,
  parameters,
  appliesTo: harmfulIntent,
  payload: (request, given, random) => augment(request, given, drawsOf(given, random, 0)),
  async search({ testCase, random, ask }, given) {
    const request = requestOf(testCase);
    for (let tryNo = 0; tryNo < given.n; tryNo++) {
      const words = augment(request, given, drawsOf(given, random(tryNo), tryNo));
      const { succeeded } = await ask(tryNo, openingWith(testCase, words));
      if (succeeded && given.stop) return;
    }
  },
};
