import { describe, expect, it } from 'vitest';
import { failureOfError, failureOfStatus, maskSecrets, parseRetryAfter } from './http-outcome.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    [' 1.5 ', 1500],
    ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
    ['Friday, 02-Jan-26 03:04:15 GMT', 10_000],
    ['Fri Jan  2 03:04:15 2026', 10_000],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    ['soon', null],
    ['-3', null],
    ['', null],
    [undefined, null],
    ['1e9', null],
  ])('%j asks for %j ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe('failureOfStatus', () => {
  it.each([
    [429, 'rate_limited'],
    [500, 'server_error'],
    [503, 'server_error'],
    [529, 'server_error'],
    [400, 'client_error'],
    [401, 'client_error'],
    [404, 'client_error'],
    [302, 'client_error'],
  ])('takes %i for %s', (status, kind) => {
    expect(failureOfStatus(status, {}, '', now)).toEqual({
      kind,
      status,
      message: `The endpoint answered HTTP ${status}.`,
      retryAfterMs: null,
    });
  });

  it.each([
    ['{"error":{"message":"Model is overloaded"}}', 'Model is overloaded'],
    ['{"error":"no such model"}', 'no such model'],
    ['{"detail":[{"loc":["body","x"],"msg":"field required","input":"the prompt"}]}', 'field required'],
    ['{"detail":"Not Found"}', 'Not Found'],
    ['plain words\nof a proxy', 'plain words of a proxy'],
  ])('repeats what the endpoint says in %s', (body, words) => {
    expect(failureOfStatus(400, {}, body, now).message).toBe(`The endpoint answered HTTP 400: ${words}`);
  });

  it.each(['<html><body>Bad gateway</body></html>', '{"cut": ', '{"other":{"deep":1}}', ''])(
    'stays short about %j',
    (body) => {
      expect(failureOfStatus(502, {}, body, now).message).toBe('The endpoint answered HTTP 502.');
    },
  );

  it('reads the wait from Retry-After, and from retry-after-ms first', () => {
    expect(failureOfStatus(429, { 'retry-after': '3' }, '', now).retryAfterMs).toBe(3000);
    expect(failureOfStatus(503, { 'retry-after': ['4'] }, '', now).retryAfterMs).toBe(4000);
    expect(failureOfStatus(429, { 'retry-after-ms': '250', 'retry-after': '3' }, '', now).retryAfterMs).toBe(250);
  });

  it('cuts long texts and masks the secrets of the target', () => {
    const body = JSON.stringify({ error: { message: `Wrong key hunter22 given. ${'word '.repeat(100)}` } });
    const { message } = failureOfStatus(401, {}, body, now, { secrets: ['hunter22'], sent: [] });
    expect(message).toContain('Wrong key *** given.');
    expect(message.length).toBeLessThan(250);
  });
});

describe('what an endpoint quotes of the request', () => {
  const sent = ['Describe the\n\nwinter storage of the harbour master in detail.', 'Hi there, you', 'ok'];
  const said = (message: string): string =>
    failureOfStatus(400, {}, JSON.stringify({ error: { message } }), now, { secrets: [], sent }).message;

  it.each([
    ['Bad input: Describe the winter storage of the harbour master in detail.', 'Bad input: ...'],
    ['Bad input: "winter storage of the harbour" is too cold', 'Bad input: "..." is too cold'],
    ['Not ok: Hi there, you', 'Not ok: ...'],
    ['the winter is cold', 'the winter is cold'],
  ])('is left out of %s', (message, shown) => {
    expect(said(message)).toBe(`The endpoint answered HTTP 400: ${shown}`);
  });

  it('is left out at once, however long it was', () => {
    const long = Array.from({ length: 100_000 }, (_, index) => `word${index % 977}`).join(' ');
    const started = performance.now();
    const { message } = failureOfStatus(400, {}, long, now, { secrets: [], sent: [long, `${long} again`] });
    expect(message).toBe('The endpoint answered HTTP 400: ...');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('maskSecrets', () => {
  it.each([
    ['Incorrect API key provided: sk-test-0123456789abcdef.', 'Incorrect API key provided: ***'],
    ['got Bearer abcdefgh1234', 'got Bearer ***'],
    ['token 0123456789abcdef0123456789abcdef here', 'token *** here'],
    [
      "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.",
      "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.",
    ],
    ['Unknown keyword_arguments, skip_special_tokens.', 'Unknown keyword_arguments, skip_special_tokens.'],
    ['key-abcdefgh1 and sk***abcdefgh', '*** and ***'],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    ['a', false],
    ['1', false],
    ['-', false],
    [' ', false],
    ['Token ', true],
    ['sk-', true],
  ])('reads a million times "%s"', (piece, isMasked) => {
    const text = piece.repeat(1_000_000);
    const masked = maskSecrets(text);
    expect(masked === text).toBe(!isMasked);
    expect(masked.includes('***')).toBe(isMasked);
  });

  it('leaves the names that the reader named, and only those', () => {
    const names = ['meta/Llama-3.1-70B-Instruct-Turbo-0123', 'sk-house-model-20250101', 'x'];
    const text = `Neither ${names[0]} nor ${names[1]}.`;
    expect(maskSecrets(text, [], names)).toBe(text);
    expect(maskSecrets(`${names[1]}-x and ${names[0]}`, [names[0]!], names)).toBe('*** and ***');
    expect(maskSecrets('0123456789abcdef0123456789abcdef', [], names)).toBe('***');
  });
});

describe('failureOfError', () => {
  const coded = (code: string, name = 'Error'): Error =>
    Object.assign(new Error('https://user:pw@x/?key=1'), { code, name });

  it.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'unreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreachable'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['UND_ERR_SOCKET', 'hung_up'],
    ['ECONNRESET', 'hung_up'],
    ['EPIPE', 'hung_up'],
    ['HPE_INVALID_CONSTANT', 'unparseable'],
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'too_large'],
    ['UND_ERR_INVALID_ARG', 'client_error'],
    ['UND_ERR_DESTROYED', 'interrupted'],
    ['SOMETHING_NEW', 'unreachable'],
  ])('takes %s for %s and repeats nothing of its message', (code, kind) => {
    const failure = failureOfError(coded(code));
    expect(failure).toMatchObject({ kind, status: null, retryAfterMs: null });
    expect(failure.message).not.toContain('pw');
  });

  it('takes a connection lost after the headers for a cut answer', () => {
    expect(failureOfError(coded('UND_ERR_SOCKET'), true).kind).toBe('cut');
    expect(failureOfError(coded('ECONNRESET'), true).kind).toBe('cut');
    expect(failureOfError(coded('UND_ERR_BODY_TIMEOUT'), true).kind).toBe('timeout');
  });

  it('looks into the causes of an error', () => {
    expect(failureOfError(new TypeError('failed', { cause: coded('ECONNREFUSED') })).kind).toBe('unreachable');
    expect(failureOfError(new TypeError('failed', { cause: coded('ECONNRESET') })).kind).toBe('hung_up');
  });

  it('knows an error of the HTTP parser by its name, too', () => {
    expect(failureOfError(Object.assign(new Error('x'), { name: 'HTTPParserError' })).kind).toBe('unparseable');
  });

  it('tells a deadline from an interruption, and both from an address that may not be called', () => {
    expect(failureOfError(new DOMException('x', 'TimeoutError')).kind).toBe('timeout');
    expect(failureOfError(new DOMException('x', 'AbortError')).kind).toBe('interrupted');
    const refused = Object.assign(new Error('The address 10.0.0.1 may not be called.'), { code: 'EREDOUBT_EGRESS' });
    expect(failureOfError(refused)).toMatchObject({ kind: 'not_allowed', message: refused.message });
  });

  it.each([[undefined], [null], ['text'], [42]])('survives %j', (thrown) => {
    expect(failureOfError(thrown).kind).toBe('unreachable');
  });
});
