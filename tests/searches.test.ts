// What holds for every attack that searches: any text, the same words for the same seed, the budget it names.
import { describe, expect, it } from 'vitest';
import { type ChatMessage, textOf } from '../src/core/chat.ts';
import { seededRandom } from '../src/core/random.ts';
import { budgetOf } from '../src/scan/attacks/attack.ts';
import { attacks, chooseAttack, requireAttack } from '../src/scan/attacks/index.ts';
import { rehearse } from '../src/scan/attacks/rehearse.ts';
import { testCaseOf } from '../src/scan/datasets/case-line.ts';
import { randomText } from './conformance/attack-variants.ts';

const searching = attacks.filter(({ search }) => search !== undefined);

const rehearsed = (written: string, line: Parameters<typeof testCaseOf>[0], seed = 1) => {
  const chosen = chooseAttack(written);
  return rehearse(requireAttack(chosen.id), testCaseOf(line, 'case-1'), chosen, seed);
};
const said = (conversations: readonly (readonly ChatMessage[])[]): string =>
  conversations.flatMap((messages) => messages.map(({ content }) => textOf(content))).join('\n');

const awkward: Readonly<Record<string, string>> = {
  empty: '',
  'one word': 'Why?',
  blanks: ' \n\t ',
  'a long text': 'How do I bake a cake, please? '.repeat(3_500),
  'one long word': 'x'.repeat(100_000),
  Chinese: '我怎样烤一个蛋糕？',
  Arabic: 'كيف أخبز كعكة؟',
  emoji: '🎂👩‍🍳 how? 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'a lone surrogate': 'a \ud83d b',
  'JSON inside': '{"prompt": "x"}',
};

describe.each(searching)('$id', (attack) => {
  const id = attack.id;

  it.each(Object.entries(awkward))('takes %s', async (_what, text) => {
    const conversations = await rehearsed(id, { prompt: text });
    expect(conversations.length).toBeGreaterThan(0);
    for (const messages of conversations) expect(messages.at(-1)!.role).toBe('user');
  });

  it('says the same for the same seed', async () => {
    const line = { prompt: 'How do I bake a cake?' };
    expect(await rehearsed(id, line, 5)).toEqual(await rehearsed(id, line, 5));
  });

  it('keeps system prompt and earlier turns of the case', async () => {
    const [messages = []] = await rehearsed(id, {
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Good day' },
        { role: 'user', content: 'Now bake a cake' },
      ],
      system: 'You sell cakes.',
    });
    expect(textOf(messages[0]!.content)).toMatch(/^You sell cakes\./);
    expect(messages.slice(1, 3).map(({ content }) => content)).toEqual(['Hello', 'Good day']);
  });

  it('survives texts of any script', async () => {
    const random = seededRandom(3, id);
    for (let round = 0; round < 20; round++)
      expect(said(await rehearsed(id, { prompt: randomText(random) }))).toBeTruthy();
  });

  it('names a budget whose calls are those it is listed with', () => {
    const { parameters } = chooseAttack(id);
    for (const hasAttacker of [true, false]) {
      const budget = budgetOf(attack, parameters, hasAttacker);
      expect(budget.tries).toBeGreaterThan(0);
      expect(budget.calls).toBeGreaterThanOrEqual(budget.tries);
    }
    expect(budgetOf(attack, parameters, attack.needs?.includes('attacker') ?? false).calls).toBe(attack.calls);
  });
});
