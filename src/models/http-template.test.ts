import { describe, expect, it } from 'vitest';
import { bodyKindOf, placeholdersIn, type RequestParts, renderRequest, unknownPlaceholders } from './http-template.ts';

const nasty = 'He said "hi"\\\n\tä 😀 & a=b {{session}} $& \u2028';
const values = {
  prompt: nasty,
  messages: [
    { role: 'system' as const, content: 'be "nice"' },
    { role: 'user' as const, content: nasty },
  ],
  sessionId: 's/1 ü',
};
const parts = (over: Partial<RequestParts>): RequestParts => ({
  ...{ url: 'https://bot.example/chat', method: 'POST', headers: {}, body: null },
  ...over,
});
const bodyOf = (body: string, headers = {}): string => renderRequest(parts({ body, headers }), values).body!;

describe('renderRequest', () => {
  it('writes the prompt into a JSON string so that it comes out as it was', () => {
    expect(JSON.parse(bodyOf('{"a": 1, "prompt": "Say: {{prompt}}!"}'))).toEqual({ a: 1, prompt: `Say: ${nasty}!` });
  });

  it('quotes a place that stands outside of a string', () => {
    expect(JSON.parse(bodyOf('{"prompt": {{prompt}}, "id": {{ session }}}'))).toEqual({ prompt: nasty, id: 's/1 ü' });
  });

  it.each(['{"m": {{messages}}}', '{"m": "{{messages}}"}', '{"m": "{{ messages }}"}'])(
    'makes a list of messages in %s',
    (body) => {
      expect(JSON.parse(bodyOf(body))).toEqual({ m: values.messages });
    },
  );

  it('escapes messages inside of a longer string', () => {
    const filled = JSON.parse(bodyOf('{"m": "History: {{messages}}"}')) as { m: string };
    expect(JSON.parse(filled.m.slice('History: '.length))).toEqual(values.messages);
  });

  it('leaves the rest of the body byte for byte', () => {
    expect(
      renderRequest(parts({ body: '{ "id":12345678901234567890,"x":"\\u00e9{{y}}","p":"{{prompt}}" }' }), {
        ...values,
        prompt: 'p',
      }).body,
    ).toBe('{ "id":12345678901234567890,"x":"\\u00e9{{y}}","p":"p" }');
  });

  it('encodes for URLs and forms', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(new URLSearchParams(bodyOf('a=1&q={{prompt}}&b=2', headers)).get('q')).toBe(nasty);
    const url = renderRequest(parts({ url: 'https://bot.example/{{session}}/a?q={{prompt}}&b=2' }), values).url;
    expect(new URL(url).pathname).toBe('/s%2F1%20%C3%BC/a');
    expect(new URL(url).searchParams.get('q')).toBe(nasty);
    expect(new URL(url).searchParams.get('b')).toBe('2');
  });

  it('survives halves of surrogate pairs', () => {
    const rendered = renderRequest(parts({ url: 'https://bot.example/?q={{prompt}}', body: '{"p":"{{prompt}}"}' }), {
      ...values,
      prompt: 'a\ud83d',
    });
    expect(rendered.url).toContain('a%EF%BF%BD');
    expect(JSON.parse(rendered.body!)).toEqual({ p: 'a\ud83d' });
  });

  it('lets no header be broken by what is put into it', () => {
    const { headers } = renderRequest(parts({ headers: { 'x-a': 'id {{session}}', 'x-b': '{{prompt}}' } }), {
      ...values,
      prompt: 'a\r\nx-evil: 1',
    });
    expect(headers).toEqual({ 'x-a': 'id s%2F1%20%C3%BC', 'x-b': 'a%0D%0Ax-evil%3A%201' });
  });

  it('writes into other bodies as it is', () => {
    expect(bodyOf('<q>{{prompt}}</q>', { 'content-type': 'text/xml' })).toBe(`<q>${nasty}</q>`);
  });
});

describe('a template', () => {
  it.each([
    ['{"a":"{{prompt}}"}', '', 'json'],
    ['{"a":{{messages}}}', 'application/x-www-form-urlencoded', 'json'],
    ['a={{prompt}}', 'application/x-www-form-urlencoded; charset=utf-8', 'form'],
    ['{{prompt}}', 'application/json', 'json'],
    ['{{prompt}}', '', 'text'],
    ['a={{prompt}}', '', 'text'],
  ])('with the body %s and the type %j is %s', (body, type, kind) => {
    expect(bodyKindOf(parts({ body, headers: type ? { 'content-type': type } : {} }))).toBe(kind);
  });

  it('knows its places and names those that are none', () => {
    const template = parts({
      url: 'https://x.example/{{session}}',
      headers: { a: '{{user}}' },
      body: '{{ prompt }}{{user}}',
    });
    expect([...placeholdersIn(template)].sort()).toEqual(['prompt', 'session']);
    expect(unknownPlaceholders(template)).toEqual(['user']);
  });
});
