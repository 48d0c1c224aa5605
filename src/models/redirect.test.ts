import { describe, expect, it } from 'vitest';
import { followRedirect } from './redirect.ts';

const post = {
  url: 'https://bot.example/chat',
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-a': '1' },
  body: '{}',
};

describe('followRedirect', () => {
  it.each([
    [307, '/chat/', 'POST', 'https://bot.example/chat/'],
    [308, 'v2/chat', 'POST', 'https://bot.example/v2/chat'],
    [301, '/chat/', 'GET', 'https://bot.example/chat/'],
    [302, '/chat/', 'GET', 'https://bot.example/chat/'],
    [303, 'https://bot.example/result', 'GET', 'https://bot.example/result'],
  ])('follows %i to %s as %s', (status, location, method, url) => {
    expect(followRedirect(post, status, location)).toMatchObject({ method, url, body: method === 'GET' ? null : '{}' });
  });

  it('drops what describes the body together with it', () => {
    expect(followRedirect(post, 303, '/a')).toMatchObject({ headers: { 'x-a': '1' } });
  });

  it('follows plain http to https of the same host only', () => {
    const plain = { ...post, url: 'http://bot.example/chat' };
    expect(followRedirect(plain, 308, 'https://bot.example/chat')).toHaveProperty('url');
    expect(followRedirect(plain, 308, 'https://bot.example:8443/chat')).toHaveProperty('refused');
    expect(followRedirect(post, 308, 'http://bot.example/chat')).toHaveProperty('refused');
  });

  it.each([
    'https://other.example/',
    '//other.example/',
    'https://bot.example:8443/',
    'https://bot.example.other.example/',
  ])('does not follow to %s', (location) => {
    expect(followRedirect(post, 307, location)).toEqual({
      refused: expect.stringContaining('redirects to another host'),
    });
  });

  it.each([
    [200, '/a'],
    [304, '/a'],
    [302, undefined],
  ])('takes status %i with location %s for an answer', (status, location) => {
    expect(followRedirect(post, status, location)).toBeNull();
  });

  it('says when an address cannot be read', () => {
    expect(followRedirect(post, 302, 'http://[')).toEqual({ refused: expect.stringContaining('cannot be read') });
  });
});
