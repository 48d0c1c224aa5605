// What the linear stage reads of a window: its words, its words with sorted inner letters, and how restless its letter case is.
import type { LinearModel, LinearSpec } from '../inference/linear-model.ts';
import type { TrainingText } from '../inference/linear-trainer.ts';
import { sortLetters } from '../inference/sorted-letters.ts';
import { restlessCase } from './restless-case.ts';

export const windowSpec: LinearSpec = {
  bits: 20,
  fields: [
    { name: 'text', words: [1, 3], characters: [3, 5], longest: 4000 },
    { name: 'sorted', words: [1, 3], characters: null, longest: 4000 },
  ],
  dense: ['restless-case'],
};

export const readWindow = (text: string): TrainingText => ({
  texts: [text, sortLetters(text)],
  dense: [restlessCase(text)],
});

/** Log-odds that the window holds an attack. */
export function windowLogit(model: LinearModel, text: string): number {
  const { texts, dense } = readWindow(text);
  return model.logits(texts, dense)[0]!;
}
