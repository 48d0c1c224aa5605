import { describe, expect, it } from 'vitest';
import { storedTest } from '../../tests/fakes/report-facts.ts';
import { sha256 } from '../core/hash.ts';
import { evidenceOf } from './evidence.ts';
import { resultLine, type Titles } from './result-line.ts';

const titles: Titles = { dataset: (slug) => slug, attack: (id) => id };
const long = 'harmful words '.repeat(100);

describe('evidenceOf', () => {
  it.each([
    ['breached', false, true],
    ['partial', false, true],
    ['defended', false, false],
    ['refused', false, false],
    ['inconclusive', false, false],
    ['breached', true, false],
    ['partial', true, false],
  ] as const)('an answer judged %s (all answers in full: %s) is shortened: %s', (outcome, full, shortened) => {
    const { answer } = evidenceOf(storedTest({ outcome }, { text: long }), full);
    expect(answer?.length).toBe(shortened ? 300 + ' … [1,100 more characters]'.length : long.length);
  });

  it('shortens what was decoded, called and said in earlier turns, too', () => {
    const test = storedTest(
      { outcome: 'breached' },
      { text: long, decoded: long, toolCalls: [{ id: '1', name: 'send', arguments: long }] },
      [
        { role: 'user', content: long },
        { role: 'assistant', content: long },
      ],
    );
    const { messages, decoded, toolCalls } = evidenceOf(test, false);
    expect(messages.map((message) => message.text.length < 340)).toEqual([false, true]);
    expect([decoded, ...toolCalls].every((text) => text !== null && text.length < 340)).toBe(true);
  });

  it('carries the hash of the whole answer', () => {
    expect(evidenceOf(storedTest({ outcome: 'breached' }, { text: long }), false).answerSha256).toBe(sha256(long));
  });
});

describe('an answer in a withheld category', () => {
  const secret = 'the words of the target';
  const test = storedTest(
    { outcome: 'refused', subcategory: 'Child safety' },
    { text: secret, decoded: secret, reasoning: secret, toolCalls: [{ id: '1', name: 'x', arguments: secret }] },
    [
      { role: 'user', content: 'a request' },
      { role: 'assistant', content: secret },
      { role: 'user', content: 'another' },
    ],
  );

  it('is in no report, whatever was asked for', () => {
    const evidence = evidenceOf(test, true);
    expect(JSON.stringify(evidence)).not.toContain(secret);
    expect(evidence).toMatchObject({ withheld: 'child safety', answer: null, answerSha256: sha256(secret) });
  });

  it('is in no line of results.jsonl: its hash and the verdict are', () => {
    const line = resultLine(test, titles);
    expect(JSON.stringify(line)).not.toContain(secret);
    expect(line).toMatchObject({
      answer: null,
      decoded: null,
      answer_sha256: sha256(secret),
      answer_withheld: 'child safety',
      outcome: 'refused',
    });
    expect(line.messages).toEqual([
      { role: 'user', content: 'a request' },
      { role: 'assistant', content: null, content_sha256: sha256(secret) },
      { role: 'user', content: 'another' },
    ]);
  });
});

describe('a line of results.jsonl', () => {
  it('carries every other answer whole', () => {
    const line = resultLine(storedTest({ outcome: 'breached' }, { text: long, reasoning: 'because' }), titles);
    expect(line).toMatchObject({ answer: long, decoded: long, reasoning: 'because' });
    expect(line).not.toHaveProperty('answer_sha256');
  });

  it('counts calls to the attacker model, and apart from them how often it gave up', () => {
    const lineOf = (attacker: object) => {
      const test = storedTest({ outcome: 'breached' }, { text: 'so' });
      return resultLine({ ...test, row: { ...test.row, attacker: JSON.stringify(attacker) } }, titles);
    };
    const gaveUp = lineOf({ ok: 1, unreadable: 8, gave_up: 2 });
    expect(gaveUp).toMatchObject({ attacker_calls: { ok: 1, unreadable: 8 }, attacker_gave_up: 2 });
    expect(gaveUp.attacker_calls).not.toHaveProperty('gave_up');
    expect(lineOf({ ok: 1 })).not.toHaveProperty('attacker_gave_up');
  });
});
