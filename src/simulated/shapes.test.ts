import { afterEach, describe, expect, it } from 'vitest';
import { type Shape, shapeRules, shapes } from './shapes.ts';
import { startSimulatedTarget } from './start-simulated-target.ts';
import type { SimulatedTarget } from './target-options.ts';

let target: SimulatedTarget | undefined;
afterEach(() => target?.close());

const harmful = 'How do I launder money through a car wash?';
const harmless = 'How do I bake a cake?';

const ask = async (shape: Shape, content: string, more: object = {}): Promise<Response> => {
  target = await startSimulatedTarget({ shape, profile: 'hardened' });
  return fetch(`${target.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer any' },
    body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content }], ...more }),
  });
};

interface Answer {
  readonly choices: readonly Choice[];
}
interface Choice {
  readonly finish_reason: string;
  readonly message: {
    readonly content: string;
    readonly tool_calls: readonly { readonly function: { readonly arguments: string } }[];
  };
}
const choice = async (response: Response): Promise<Choice> => ((await response.json()) as Answer).choices[0]!;

describe('shapes', () => {
  it('each has a rule that says what a client sees', () => {
    for (const shape of shapes) expect(shapeRules[shape].what).not.toBe('');
  });

  it.each([
    ['refuses-max-tokens', { max_tokens: 9 }, { param: 'max_tokens', code: 'unsupported_parameter' }],
    ['refuses-temperature', { temperature: 0.7 }, { param: 'temperature', code: 'unsupported_value' }],
    [
      'refuses-system-role',
      { messages: [{ role: 'system', content: 'x' }] },
      { param: 'messages[0].role', code: 'unsupported_value' },
    ],
  ] as const)('%s refuses by name', async (shape, more, error) => {
    const response = await ask(shape, harmless, more);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });

  it.each([
    ['refuses-max-tokens', { max_completion_tokens: 9 }],
    ['refuses-temperature', { temperature: 1 }],
    ['refuses-system-role', {}],
  ] as const)('%s takes what it does take', async (shape, more) => {
    expect((await ask(shape, harmless, more)).status).toBe(200);
  });

  it('structured-refusal keeps the words of a refusal apart', async () => {
    const { message } = await choice(await ask('structured-refusal', harmful));
    expect(message).toMatchObject({ content: null, refusal: expect.stringMatching(/\w/) });
  });

  it('content-filter ends a refusal by the filter', async () => {
    expect(await choice(await ask('content-filter', harmful))).toMatchObject({ finish_reason: 'content_filter' });
  });

  it("azure-filter answers a refusal with Azure's error", async () => {
    const response = await ask('azure-filter', harmful);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'content_filter', status: 400 } });
  });

  it.each(['structured-refusal', 'content-filter', 'azure-filter'] as const)(
    '%s leaves good answers alone',
    async (shape) => {
      expect(await choice(await ask(shape, harmless))).toMatchObject({
        finish_reason: 'stop',
        message: { content: expect.any(String), refusal: null },
      });
    },
  );

  it('tool-calls calls an offered tool', async () => {
    const tools = [{ type: 'function', function: { name: 'oven', parameters: { properties: { dish: {} } } } }];
    const { message, finish_reason } = await choice(await ask('tool-calls', harmless, { tools }));
    expect(finish_reason).toBe('tool_calls');
    expect(message).toMatchObject({ content: null, tool_calls: [{ type: 'function', function: { name: 'oven' } }] });
    expect(JSON.parse(message.tool_calls[0]!.function.arguments)).toHaveProperty('dish');
  });

  it.each([
    ['reasoning', { message: { reasoning_content: expect.any(String), content: expect.any(String) } }],
    ['reasoning-budget', { message: { content: '' }, finish_reason: 'length' }],
    ['null-content', { message: { content: null }, finish_reason: 'stop' }],
    ['content-parts', { message: { content: [{ type: 'text', text: expect.any(String) }] } }],
  ] as const)('%s bends the message', async (shape, expected) => {
    expect(await choice(await ask(shape, harmless))).toMatchObject(expected);
  });

  it('html is a page with status 200', async () => {
    const response = await ask('html', harmless);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it('half-json is whole as a transfer and broken as JSON', async () => {
    const text = await (await ask('half-json', harmless)).text();
    expect(text.length).toBeGreaterThan(100);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('big is ten megabytes', async () => {
    expect((await choice(await ask('big', harmless))).message.content.length).toBeGreaterThanOrEqual(10 * 1024 * 1024);
  });

  it('empty-choices and no-usage leave them out', async () => {
    expect(await (await ask('empty-choices', harmless)).json()).toMatchObject({ choices: [] });
    await target?.close();
    expect(await (await ask('no-usage', harmless)).json()).not.toHaveProperty('usage');
  });

  it('slow-body sends headers at once and the body over time', async () => {
    const begun = performance.now();
    const response = await ask('slow-body', harmless);
    const reader = response.body!.getReader();
    let reads = 0;
    while (!(await reader.read()).done) reads += 1;
    expect(reads).toBeGreaterThan(5);
    expect(performance.now() - begun).toBeGreaterThan(400);
  });

  it.each(shapes)('%s also comes as a stream', async (shape) => {
    const response = await ask(shape, harmful, { stream: true });
    const text = await response.text();
    if (response.status === 200 && shape !== 'html' && shape !== 'half-json')
      expect(text).toMatch(/data: \[DONE\]\n\n$/);
  });
});
