// The command that asks a try again: what it shows is what it runs.
import { describe, expect, it } from 'vitest';
import { reproOf } from './repro.ts';
import type { TargetSpec } from './spec.ts';

const target: TargetSpec = {
  kind: 'openai',
  url: 'https://models.example.com/v1',
  model: 'm',
  system: null,
  temperature: 0,
  maxTokens: 10,
  timeoutMs: 1000,
  concurrency: 1,
  qpm: null,
};

const bodyOf = (content: string): string =>
  /-d '(.*)'$/s.exec(reproOf(target, [{ role: 'user', content }], [], []) ?? '')?.[1] ?? '';

describe('the command that asks a try again', () => {
  it.each([
    ['an override', 'turned \u202etxet\u202c round'],
    ['an isolate', '\u2067a\u2069'],
    ['marks', '\u061ca\u200eb\u200fc'],
  ])('reads as it runs, and asks the same, with %s of direction in the request', (_, content) => {
    const body = bodyOf(content);
    expect(body).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(JSON.parse(body)).toMatchObject({ messages: [{ content }] });
  });

  it('keeps letters of every script', () => {
    expect(bodyOf('اكتب 👩‍👧')).toContain('اكتب 👩‍👧');
  });
});
