// The simulated target is called simulated in the results of a scan, whatever it is asked for and however little it says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../src/scan/summarise.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTargetOptions } from '../src/simulated/target-options.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';
import { startSwitchableTarget } from './fakes/switchable-target.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  await place.startWorker();
});
afterAll(() => place?.close());

async function targetOf(start: () => Promise<{ readonly id: string }>): Promise<Record<string, unknown>> {
  const { id } = await start();
  await place.end(id);
  const { summary } = await place.redoubt.scans.get('default', id);
  const { target, manifest } = JSON.parse(summary!) as Summary;
  return { ...target, names: (manifest.target as { names_returned: string[] }).names_returned };
}

describe('a simulated target under a neutral name', () => {
  it.each<[string, SimulatedTargetOptions]>([
    ['answers nothing but empty texts', { empty: 1 }],
    ['leaves out its choices', { shape: 'empty-choices' }],
    ['hangs up in the middle of each answer', { cut: 1 }],
    ['answers', {}],
  ])('is named in the results where it %s', async (_, options) => {
    const target = await startSimulatedTarget({ profile: 'naive', ...options });
    try {
      const named = await targetOf(() => place.start(target.url, 2, { model: 'my-model' }));
      expect(named).toMatchObject({ model: 'my-model', simulated: true, names: ['simulated-naive'] });
    } finally {
      await target.close();
    }
  });

  it('is named where it is asked through a template', async () => {
    const target = await startSimulatedTarget({ profile: 'naive' });
    const body = { messages: [{ role: 'user', content: '{{prompt}}' }], model: 'my-model' };
    const headers = { authorization: 'Bearer any' };
    const template = { url: `${target.url}/chat/completions`, method: 'POST', headers, body };
    const file = JSON.stringify({ ...template, answer_path: '$.choices[0].message.content' });
    try {
      const named = await targetOf(() => place.start(template.url, 2, { model: 'my-app' }, file));
      expect(named).toMatchObject({ model: 'my-app', simulated: true });
    } finally {
      await target.close();
    }
  });
});

it('a target that answers nothing is not called simulated', async () => {
  const body = JSON.stringify({ model: 'real', choices: [{ message: { content: '' }, finish_reason: 'stop' }] });
  const target = await startSwitchableTarget({ status: 200, body });
  try {
    const named = await targetOf(() => place.start(target.url, 2));
    expect(named).toMatchObject({ simulated: false });
  } finally {
    await target.close();
  }
});
