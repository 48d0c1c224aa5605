// What an application gives back of the secrets in the request that was sent to it.
import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { plainAnswer } from '../core/chat.ts';
import { createHttpTarget } from './http-target.ts';
import { knownSecrets, maskedJson, secretsInRequest } from './known-secrets.ts';
import { parseTargetFile } from './target-file.ts';

const base = 'https://app.example';

describe('an answer that gives back a secret of the target', () => {
  const ask = (options: string, body: unknown, headers: Record<string, string> = {}) => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const path = '/chat?token=query-secret-4';
    dispatcher.get(base).intercept({ method: 'POST', path }).reply(200, text, { headers });
    const target = createHttpTarget({
      template:
        parseTargetFile(`curl ${base}/chat?token=query-secret-4 ${options} -H 'Content-Type: application/json' \\
        -d '{"prompt": "{{prompt}}", "auth": {"password": "body-secret-5"}, "model": "gpt-large-2025",
          "auth_type": "anonymous", "session_type": "shopping"}'`),
      secrets: {},
      dispatcher,
      timeoutMs: 5000,
    });
    return target.call({ messages: [{ role: 'user', content: 'hi' }], conversationId: 'c1' });
  };

  it.each([
    ['-u', "-u 'ottilie:basic-secret-1'", ['basic-secret-1', Buffer.from('ottilie:basic-secret-1').toString('base64')]],
    ['-b', "-b 'theme=dark; sid=cookie-secret-2'", ['cookie-secret-2', 'sid=cookie-secret-2']],
    ['-H', "-H 'Authorization: Token header-secret-3'", ['header-secret-3', 'Token header-secret-3']],
    ['-H of another name', "-H 'X-Tenant: tenant-secret-6'", ['tenant-secret-6']],
    ['a parameter and a field of the body', '', ['query-secret-4', 'body-secret-5']],
  ])('of %s has it masked', async (_where, options, secrets) => {
    const body = { reply: `It is ${secrets.join(' or ')}.` };
    const result = await ask(options, body, { 'x-request-id': secrets[0]! });
    const masked = `It is ${secrets.map(() => '***').join(' or ')}.`;
    expect(result).toMatchObject({ ok: true, answer: { text: masked, requestId: '***' } });
  });

  it('has it masked where it came in pieces, and in the problem where there is no answer', async () => {
    const events = 'data: {"delta":"It is body-"}\n\ndata: {"delta":"secret-5."}\n\n';
    expect(await ask('', events)).toMatchObject({ ok: true, answer: { text: 'It is ***.' } });
    const error = { message: `no body-secret-5 ${'here '.repeat(35)}query-secret-4`, code: 1 };
    expect(await ask('', { error })).toMatchObject({
      ok: false,
      failure: { kind: 'unparseable', message: expect.not.stringMatching(/body-sec|query-sec/) },
    });
  });

  it('is as it came where a word of it also is one of the request', async () => {
    const text = 'Your password is hunter2. Happy shopping as anonymous user, Furniture Helper is keep-alive!';
    const headers = "-H 'X-Title: Furniture Helper' -H 'Connection: keep-alive'";
    const result = await ask(`-u 'user:password' ${headers}`, { reply: text });
    expect(result).toMatchObject({ ok: true, answer: { text } });
  });

  it('is else as it came, whatever else of the request it repeats', async () => {
    const text = 'The model gpt-large-2025 takes application/json, dark themes and healthcare.';
    const result = await ask("-b 'theme=dark' -H 'X-Department: healthcare'", { reply: text });
    expect(result).toMatchObject({ ok: true, answer: { text } });
  });
});

describe('the secrets of a request', () => {
  const secretsOf = (headers: Record<string, string>, body: object = {}, query = '') =>
    secretsInRequest({ url: `${base}/chat${query}`, method: 'POST', headers, body: JSON.stringify(body) });
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

  it('are no plain words, wherever they stand; a pair of a name and a word is one', () => {
    const encoded = basic('user:password');
    const headers = { authorization: encoded, cookie: 'sid=anonymous' };
    const found = secretsOf(headers, { session: 'shopping', password: 'anonymous' }, '?token=anonymous');
    expect(found.toSorted()).toEqual(
      [encoded, encoded.slice('Basic '.length), 'sid=anonymous', 'user:password'].toSorted(),
    );
  });

  it.each(['host', 'connection', 'x-title', 'http-referer', 'referer', 'user-agent'])(
    'are in no header that says how a request is meant: %s',
    (name) => expect(secretsOf({ [name]: 'Furniture Helper 2' })).toEqual([]),
  );

  it.each([
    ...['token', 'accessToken', 'access_token', 'authtoken', 'csrf-token', 'client_secret', 'password2', 'userPwd'],
    ...['session', 'session_id', 'JSESSIONID', 'auth', 'oauth2', 'Authorization', 'x-api-key', 'apiKey', 'APIKey'],
    ...['apikey', 'subscription-key', 'api_key_2', 'credentials', 'X-Amz-Signature', 'jwt', 'cookie'],
  ])('are in fields with such a name: %s', (name) =>
    expect(secretsOf({}, { [name]: 'a-secret-7' })).toEqual(['a-secret-7']),
  );

  it.each([
    ...['auth_type', 'sessionType', 'secret_question', 'tokenizer', 'tokenizer_name', 'author', 'authorized_by'],
    ...['sessions_left', 'max_tokens', 'token_count', 'secretary', 'keyboard', 'key', 'monkey', 'password_hint'],
  ])('are in no field that only sounds so: %s', (name) => expect(secretsOf({}, { [name]: 'a-secret-7' })).toEqual([]));
});

describe('a text without known secrets', () => {
  const escaped = (text: string): string =>
    text.replace(/./gs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const key = 'known/secret+8';
  const { mask, maskAnswer } = knownSecrets([key]);

  it.each([
    ['as it is', key],
    ['in escapes alone', escaped(key)],
    ['in one escape', 'known/secret\\u002b8'],
    ['in capital escapes', 'known\\u002Fsecret\\u002B8'],
    ['with escaped slashes', 'known\\/secret+8'],
    ['in Base64 with escapes', escaped(Buffer.from(key).toString('base64'))],
  ])('has none in JSON that writes it %s', (_how, written) => {
    const json = `{"said": "It is ${written}.", "${written}": 1, "said": "\\"${written}\\\\"}`;
    expect(mask(json)).not.toBe(json);
    expect(maskedJson(json, mask)).toBe('{"said": "It is ***.", "***": 1, "said": "\\"***\\\\"}');
  });

  it('has none in JSON that lies in the texts of JSON, however deep', () => {
    let [given, wanted] = [
      `{"key": "${escaped(key)}", "n": 12345678901234567890}`,
      '{"key": "***", "n": 12345678901234567890}',
    ];
    for (const name of ['arguments', 'body', 'log']) {
      [given, wanted] = [given, wanted].map((json) => `{"${name}": ${JSON.stringify(json)}}`) as [string, string];
      expect(maskedJson(given, mask)).toBe(wanted);
    }
    const call = { id: 'a', name: 'send', arguments: given };
    expect(maskAnswer(plainAnswer('', { toolCalls: [call] })).toolCalls).toEqual([{ ...call, arguments: wanted }]);
  });

  it('has all else as it was written: numbers, spaces, escapes, the order of names', () => {
    const rest =
      '"n": [12345678901234567890, 1.0, 1E2, -0.10],\t"2": "\\u00e9\\/", "1": "\\ud83e\\udda6 \\"",\n"__proto__": {}';
    expect(maskedJson(`{${rest}}`, mask)).toBe(`{${rest}}`);
    expect(maskedJson(`{"a": "${key}", ${rest}}`, mask)).toBe(`{"a": "***", ${rest}}`);
  });

  it('has none where it is no JSON as a whole', () => {
    expect(maskedJson(`{"a": "${escaped(key)}"}\n{"a": "${key}"}\n{"a`, mask)).toBe('{"a": "***"}\n{"a": "***"}\n{"a');
    expect(maskedJson(`It's "\\x ${key}\\"" or "`, mask)).toBe(`It's "\\x ***\\"" or "`);
  });

  it('takes time with its length alone', () => {
    const hostile = ['"\\'.repeat(500_000), '\\"'.repeat(500_000), '"\\\\'.repeat(300_001), '\\'.repeat(1_000_000)];
    for (const text of hostile) expect(mask(text)).toBe(text);
  });
});
