import { describe, expect, it } from 'vitest';
import { RedoubtError } from '../core/errors.ts';
import { looksLikeCurl, parseCurlCommand } from './curl-command.ts';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('parseCurlCommand', () => {
  it('reads a command over several lines', () => {
    const text = `# my bot
      $ curl -sS -X POST 'https://bot.example/chat?v=1' \\
        -H "Authorization: Bearer abc" -H 'Content-Type: application/json' \\
        -d '{"prompt": "{{prompt}}"}'`;
    expect(parseCurlCommand(text)).toEqual({
      url: 'https://bot.example/chat?v=1',
      method: 'POST',
      headers: { authorization: 'Bearer abc', ...json },
      body: '{"prompt": "{{prompt}}"}',
      notes: [],
    });
  });

  it.each([
    ['a plain GET', 'curl https://x.example/a', { method: 'GET', body: null, headers: {} }],
    ['a URL without a scheme', 'curl localhost:8000/chat', { url: 'http://localhost:8000/chat' }],
    ['--url', 'curl --url https://x.example/a -s', { url: 'https://x.example/a' }],
    [
      'data, which means POST and a form',
      "curl x.example -d a=1 -d 'b=2'",
      { method: 'POST', body: 'a=1&b=2', headers: form },
    ],
    ['--data-raw with an at sign', "curl x.example --data-raw '@you'", { body: '@you' }],
    ['--data-binary', "curl x.example --data-binary 'a\nb'", { body: 'a\nb' }],
    ['empty data', "curl x.example -d ''", { method: 'POST', body: '' }],
    [
      '--data-urlencode around a placeholder',
      "curl x.example --data-urlencode 'q=a b {{prompt}}&'",
      { body: 'q=a%20b%20{{prompt}}%26' },
    ],
    ['--data-urlencode without a name', "curl x.example --data-urlencode '=a&b'", { body: 'a%26b' }],
    [
      '-G',
      'curl -G x.example/s?a=1 -d q={{prompt}}',
      { url: 'http://x.example/s?a=1&q={{prompt}}', method: 'GET', body: null },
    ],
    [
      '--json',
      `curl x.example --json '{"a":1}'`,
      { method: 'POST', body: '{"a":1}', headers: { ...json, accept: 'application/json' } },
    ],
    ['--json in two parts', `curl x.example --json '{"a"' --json ':1}'`, { body: '{"a":1}' }],
    ['-u', 'curl -u ann:secret x.example', { headers: { authorization: 'Basic YW5uOnNlY3JldA==' } }],
    ['-u without a password', 'curl -u ann x.example', { headers: { authorization: 'Basic YW5uOg==' } }],
    [
      'a user in the URL',
      'curl https://ann:sec%72et@x.example/a',
      { url: 'https://x.example/a', headers: { authorization: 'Basic YW5uOnNlY3JldA==' } },
    ],
    [
      'an own Authorization before -u',
      "curl -u a:b x.example -H 'authorization: Bearer t'",
      { headers: { authorization: 'Bearer t' } },
    ],
    ['--oauth2-bearer', 'curl --oauth2-bearer t x.example', { headers: { authorization: 'Bearer t' } }],
    ['cookies', "curl x.example -b 'a=1' -H 'Cookie: b=2'", { headers: { cookie: 'a=1; b=2' } }],
    [
      '-A and -e',
      'curl -A me/1 -e https://x.example/ x.example',
      { headers: { 'user-agent': 'me/1', referer: 'https://x.example/' } },
    ],
    [
      'an empty and a removed header',
      "curl x.example -H 'X-Empty;' -H 'Accept: a' -H 'Accept:'",
      { headers: { 'x-empty': '' } },
    ],
    ['joined letters', `curl -sSLkXPUT x.example -d'a=1'`, { method: 'PUT', body: 'a=1' }],
    ['options joined by =', 'curl --request=PATCH x.example --max-time=5', { method: 'PATCH' }],
    [
      'what is ignored',
      'curl -s -S -L -i -v -N -f --compressed --http2 -o out.json -m 5 --retry 3 x.example',
      { method: 'GET', notes: [] },
    ],
    ['the Windows executable', 'curl.exe x.example', { url: 'http://x.example' }],
  ])('reads %s', (_, text, expected) => {
    expect(parseCurlCommand(text)).toMatchObject(expected);
  });

  it('leaves out what is set for each call, and says so', () => {
    const { headers, notes } = parseCurlCommand(
      "curl x.example -H 'Host: y' -H 'Content-Length: 3' -H 'accept-encoding: br' -H ':authority: x' -H 'X-A: 1'",
    );
    expect(headers).toEqual({ 'x-a': '1' });
    expect(notes).toHaveLength(4);
  });

  it.each([
    ['curl -k https://x.example', 'NODE_EXTRA_CA_CERTS'],
    ['curl --insecure https://x.example', 'NODE_EXTRA_CA_CERTS'],
    ['curl -x http://proxy:3128 https://x.example', 'HTTPS_PROXY'],
    ['curl https://x.example | jq .', 'what follows "|" is left out'],
  ])('notes in %j: %s', (text, note) => {
    expect(parseCurlCommand(text).notes).toEqual([expect.stringContaining(note)]);
  });

  it('leaves out a header whose key was a variable of the shell', () => {
    const { headers, notes } = parseCurlCommand('curl x.example -H "Authorization: Bearer $MY_KEY" -H "X-A: 1"');
    expect(headers).toEqual({ 'x-a': '1' });
    expect(notes).toEqual([
      'The header Authorization is left out: $MY_KEY is not expanded. Its key comes from --key-env.',
    ]);
  });

  it('sends to --header for a header that is no bearer token', () => {
    const { notes } = parseCurlCommand('curl x.example -H "X-Api-Key: $MY_KEY"');
    expect(notes).toEqual(['The header X-Api-Key is left out: $MY_KEY is not expanded. It comes from --header.']);
  });

  it.each([
    ['wget x.example', 'must begin with "curl"'],
    ['', 'must begin with "curl"'],
    ['curl -s', 'holds no URL'],
    ['curl x.example y.example', 'more than one URL'],
    ['curl x.example\ncurl y.example', 'more than one URL'],
    ['curl "http://["', 'cannot be read'],
    ['curl x.example --frobnicate', 'the option --frobnicate is not known here'],
    ['curl x.example -sZ', 'the option -Z is not known here'],
    ['curl x.example -d', 'the option -d has no value'],
    ['curl x.example --header', 'the option --header has no value'],
    ['curl x.example -d @body.json', '-d reads its data from a file'],
    ['curl x.example --json @-', '--json reads its data from a file'],
    ['curl x.example --data-urlencode q@file', '--data-urlencode reads its data from a file'],
    ['curl x.example -H @headers', 'reads its headers from a file'],
    ['curl x.example -b jar.txt', 'reads its cookies from a file'],
    ['curl x.example -H nonsense', 'not written as "Name: value"'],
    ["curl x.example -A $'a\\nb'", 'the header user-agent holds a character'],
    ["curl x.example -F 'a=@b'", 'multipart'],
    ['curl "$URL"', '$URL is not expanded here'],
    ['curl x.example -d "{\\"q\\": \\"$Q\\"}"', '$Q is not expanded here'],
    ["curl 'x.example", 'a single quote is never closed'],
    ['curl x.example -d "$(cat secret)"', 'command substitution'],
  ])('refuses %j', (text, clause) => {
    expect(() => parseCurlCommand(text)).toThrow(clause);
    expect(() => parseCurlCommand(text)).toThrow(RedoubtError);
    expect(() => parseCurlCommand(text)).toThrow(/^--curl: /);
  });

  it('takes time in proportion to the text', () => {
    expect(looksLikeCurl(`${'\n \t'.repeat(100_000)}x`)).toBe(false);
    expect(parseCurlCommand(`curl x.example -d '${'a'.repeat(300_000)}'`).body).toHaveLength(300_000);
  });
});
