import { expect, it } from 'vitest';
import { isSimulatedTarget, SIMULATED_URL, simulatedModel } from './simulated.ts';

const url = 'http://127.0.0.1:4010/v1';

it.each([
  ['by its address', { url: SIMULATED_URL, model: 'my-model' }, [], true],
  ['by the model that was asked for, also where no answer came', { url, model: simulatedModel('average') }, [], true],
  ['by what its answers call themselves', { url, model: 'my-model' }, ['simulated-naive'], true],
  ['or not at all', { url, model: 'my-model' }, ['my-model'], false],
] as const)('a simulated target is known %s', (_, target, names, expected) => {
  expect(isSimulatedTarget(target, names)).toBe(expected);
});
