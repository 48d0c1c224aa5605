// Finds what wild letter case adds to a score. Nobody writes like Best-of-N who has nothing to hide, but the words still
// count: so much is added that a set share of harmless texts in such a dress is taken for attacks.
import { seededRandom } from '../../src/core/random.ts';
import type { Cascade } from '../../src/guard/cascade.ts';
import { formsOf } from '../../src/guard/forms.ts';
import { logitOf } from '../../src/inference/calibration.ts';
import { augment, FULL_STRENGTH, seededDraws } from '../../src/scan/attacks/bon/augment.ts';

/** Plain texts are granted one in a hundred; a harmless text in such a dress may as well be stopped as pass. */
const MOST_FALSE_DISGUISED = 0.5;
const TEXTS = 600;

async function worstOf(cascade: Cascade, text: string): Promise<number> {
  let worst = Number.NEGATIVE_INFINITY;
  for (const form of formsOf(text))
    for (const { score } of await cascade.score(form.text)) worst = Math.max(worst, logitOf(score));
  return worst;
}

/** `cascade` adds nothing yet; `harmless` are texts as people wrote them. Log-odds, 0 or more. */
export async function fitDisguise(cascade: Cascade, harmless: readonly string[]): Promise<number> {
  if (harmless.length === 0) return 0;
  const random = seededRandom('disguise', harmless.length);
  const scores: number[] = [];
  for (let done = 0; done < TEXTS; done++) {
    const text = harmless[random.below(harmless.length)]!;
    scores.push(await worstOf(cascade, augment(text, FULL_STRENGTH, seededDraws(random))));
  }
  const level = scores.sort((a, b) => b - a)[Math.floor(TEXTS * MOST_FALSE_DISGUISED)]!;
  return Math.max(0, -level);
}
