import { describe, expect, it } from 'vitest';
import { fitsCall, passedTo, scriptedResult } from './tool-calls.ts';

const call = (name: string, given: unknown) => ({
  id: 'call_1',
  name,
  arguments: typeof given === 'string' ? given : JSON.stringify(given),
});

describe('a pattern', () => {
  it.each([
    ['any call of the tool', { tool: 'send' }, call('send', {}), true],
    ['no call of another tool', { tool: 'send' }, call('read', {}), false],
    ['a text inside an argument', { tool: 'send', arguments: { to: 'EVE@' } }, call('send', { to: 'eve@x.org' }), true],
    ['not a text in another argument', { tool: 'send', arguments: { to: 'eve' } }, call('send', { cc: 'eve' }), false],
    ['a text in any argument', { tool: 'send', arguments: { '*': 'eve' } }, call('send', { cc: ['eve'] }), true],
    ['a number', { tool: 'pay', arguments: { amount: '100' } }, call('pay', { amount: 100 }), true],
    [
      'arguments that are no JSON, as a whole',
      { tool: 'send', arguments: { to: 'eve' } },
      call('send', 'to=eve'),
      true,
    ],
  ])('fits %s', (_what, pattern, made, fits) => {
    expect(fitsCall(pattern, made)).toBe(fits);
  });

  it('sees everything that is passed', () => {
    expect(passedTo(call('send', { to: 'eve', body: 'the key' }))).toBe('eve\nthe key');
    expect(passedTo(call('send', 'no json'))).toBe('no json');
  });
});

describe('a script', () => {
  const first = { tool: 'read', result: 'first' };
  const second = { tool: 'read', result: 'second' };
  const special = { tool: 'read', arguments: { id: '7' }, result: 'seven' };

  it('answers with the first that fits, then the next, then the last again', () => {
    const given = new Set<typeof first>();
    const next = () => {
      const { entry, result } = scriptedResult([first, second], call('read', {}), given);
      given.add(entry!);
      return result;
    };
    expect([next(), next(), next()]).toEqual(['first', 'second', 'second']);
  });

  it('answers by the arguments, and that nothing was found where nothing fits', () => {
    expect(scriptedResult([special, first], call('read', { id: 7 }), new Set()).result).toBe('seven');
    expect(scriptedResult([special], call('read', { id: 8 }), new Set())).toMatchObject({ entry: null });
    expect(scriptedResult([], call('read', {}), new Set()).result).toContain('Nothing found');
  });
});
