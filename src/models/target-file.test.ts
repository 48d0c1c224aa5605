import { describe, expect, it } from 'vitest';
import { RedoubtError } from '../core/errors.ts';
import { parseTargetFile, readTemplate } from './target-file.ts';

const curl = (body: string, type = 'application/json'): string =>
  `curl https://bot.example/chat -H 'Content-Type: ${type}' --data-raw '${body}'`;

describe('a pasted curl command without placeholders', () => {
  it.each([
    [
      '{"messages":[{"role":"system","content":"s"},{"role":"user","content":"old"},{"role":"assistant","content":"a"},{"role":"user","content":"hi"}]}',
      'messages[3].content',
    ],
    [
      '{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"x"}}]}]}',
      'messages[0].content[0].text',
    ],
    ['{"input":[{"role":"user","content":"hi"}],"model":"m"}', 'input[0].content'],
    ['{"prompt":"hi","text":"no"}', 'prompt'],
    ['{"text":"no","question":"hi"}', 'question'],
    ['{"user_message":"hi","id":"7"}', 'user_message'],
    ['{"chatInput":"hi","sessionId":"7"}', 'chatInput'],
    ['{"data":{"message":{"text":"hi"}},"id":"7"}', 'data.message.text'],
    ['[{"query":"hi"}]', '[0].query'],
  ])('%s has its prompt in %s', (body, field) => {
    const template = parseTargetFile(curl(body));
    expect(template.body).toBe(JSON.stringify(JSON.parse(body.replace('"hi"', '"{{prompt}}"'))));
    expect(template.notes).toEqual([expect.stringContaining(`The field ${field} is taken for the prompt`)]);
  });

  it('finds the field of a form and of a URL', () => {
    expect(parseTargetFile(curl('a=1&message=hi+there&b=2', 'application/x-www-form-urlencoded')).body).toBe(
      'a=1&message={{prompt}}&b=2',
    );
    const inUrl = parseTargetFile("curl 'https://bot.example/ask?lang=en&q=hi#top'");
    expect(inUrl.url).toBe('https://bot.example/ask?lang=en&q={{prompt}}#top');
    expect(inUrl.notes[0]).toContain('q of the URL');
  });

  it.each([
    curl('{"foo":"hi","n":{"id":3}}'),
    curl('foo=hi', 'application/x-www-form-urlencoded'),
    'curl https://bot.example/',
    curl('just text', 'text/plain'),
  ])('asks for {{prompt}} in %s', (text) => {
    expect(() => parseTargetFile(text)).toThrow(
      '--curl: does not say where the prompt goes; write {{prompt}} in its place',
    );
  });
});

describe('parseTargetFile', () => {
  it('keeps a command with placeholders as it is', () => {
    const body = '{"history": {{messages}}, "session": "{{session}}", "stream": true}';
    expect(parseTargetFile(curl(body))).toEqual({
      url: 'https://bot.example/chat',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      answerPath: null,
      stream: 'sse',
      notes: [],
    });
  });

  it('guesses the place of the prompt beside a session', () => {
    expect(parseTargetFile(curl('{"session":"{{session}}","text":"hi"}')).body).toBe(
      '{"session":"{{session}}","text":"{{prompt}}"}',
    );
  });

  it('names placeholders that are none', () => {
    expect(parseTargetFile(curl('{"a":"{{prompt}}","b":"{{user}}"}')).notes).toEqual([
      '{{user}} is no placeholder and is sent as it stands.',
    ]);
  });

  it('reads a YAML template', () => {
    const template = parseTargetFile(`
# our bot
url: https://bot.example/{{session}}/chat
headers:
  X-Key: 42
body:
  message: "{{prompt}}"
  history: "{{messages}}"
answer_path: $.reply[0].text
stream: sse
sse_data_path: delta.text
refusal_mark: "cannot help"
session:
  start:
    url: https://bot.example/sessions
    method: post
    path: id
`);
    expect(template).toEqual({
      url: 'https://bot.example/{{session}}/chat',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-key': '42' },
      body: '{"message":"{{prompt}}","history":"{{messages}}"}',
      answerPath: '$.reply[0].text',
      stream: 'sse',
      sseDataPath: 'delta.text',
      refusalMark: 'cannot help',
      session: { start: { url: 'https://bot.example/sessions', method: 'POST', headers: {}, body: null, path: 'id' } },
      notes: [],
    });
    expect(readTemplate(JSON.parse(JSON.stringify(template)))).toEqual(template);
  });

  it('reads JSON, and a curl command inside of a template', () => {
    expect(parseTargetFile('{"url":"https://bot.example/?q={{prompt}}"}')).toMatchObject({
      method: 'GET',
      body: null,
      stream: 'json',
    });
    expect(
      parseTargetFile('curl: |\n  curl https://bot.example/ \\\n    -d q={{prompt}}\nanswer_path: a.b\nsession: {}\n'),
    ).toMatchObject({
      method: 'POST',
      body: 'q={{prompt}}',
      answerPath: 'a.b',
      session: {},
    });
  });

  it.each([
    ['{"a":"{{prompt}}"}', 'application/json'],
    ['q={{prompt}}', 'application/x-www-form-urlencoded'],
    ['{{prompt}}', 'text/plain; charset=utf-8'],
  ])('implies for the body %s the type %s', (body, type) => {
    expect(readTemplate({ url: 'https://bot.example/', body }).headers).toEqual({ 'content-type': type });
  });

  it.each([
    ['', 'neither a curl command nor a template'],
    ['just words', 'neither a curl command nor a template'],
    ['- a\n- b', 'neither a curl command nor a template'],
    ['a: [', 'nor readable YAML or JSON'],
    ['method: POST', 'url: '],
    ['url: https://x.example/{{prompt}}\nanswer: a', 'answer: is no part of a template'],
    ['url: https://x.example/{{prompt}}\nanswer_path: "a..b"', 'answer_path: is no path'],
    ['url: https://x.example/{{prompt}}\nmethod: "GE T"', 'method: is no HTTP method'],
    ['url: https://x.example/{{prompt}}\nstream: yes please', 'stream: '],
    ['url: /chat?q={{prompt}}', 'url is no http or https URL'],
    ['url: ftp://x.example/{{prompt}}', 'url is no http or https URL'],
    ['url: https://{{session}}.example/{{prompt}}', 'url'],
    ['url: https://a:b@x.example/{{prompt}}', 'url must hold no user name or password'],
    ['url: https://x.example/{{prompt}}\nheaders: {X-A: "a\\nb"}', 'headers: x-a holds a character'],
    [
      'url: https://x.example/\nheaders: {content-type: application/json}\nbody: "{a: {{prompt}}}"',
      'body is announced as JSON but is none',
    ],
    [
      'url: https://x.example/{{prompt}}\nsession: {start: {url: nowhere}}',
      'session.start.url is no http or https URL',
    ],
    ['curl: wget x', 'must begin with "curl"'],
  ])('refuses %j', (text, clause) => {
    expect(() => parseTargetFile(text)).toThrow(clause);
    expect(() => parseTargetFile(text)).toThrow(RedoubtError);
  });
});
