// Reads a pasted curl command: the quickest way to say how one's own application is called. Nothing is run or read
// from disk; what cannot be honoured is refused in one sentence or named in a note.
import { RedoubtError } from '../core/errors.ts';
import { type ShellWord, shellWords } from './shell-words.ts';

export interface CurlCommand {
  readonly url: string;
  readonly method: string;
  /** Names in lower case. They may hold keys: encrypt them, never show them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** What was left out or understood differently, one sentence each, without any value. */
  readonly notes: readonly string[];
}

const refuse = (reason: string): RedoubtError => new RedoubtError('FILE_INVALID', { field: '--curl', reason });

interface Draft {
  urls: string[];
  method: string | null;
  headers: Map<string, string>;
  cookies: string[];
  basic: string | null;
  data: string[];
  dataJoin: '&' | '';
  dataInQuery: boolean;
  notes: string[];
}

type Action = (draft: Draft, value: string, flag: string) => void;

const ignored: Action = () => undefined;
const noted =
  (sentence: string): Action =>
  (draft) => {
    draft.notes.push(sentence);
  };

const plainData: Action = (draft, value, flag) => {
  if (value.startsWith('@')) throw refuse(`${flag} reads its data from a file; write the data itself in its place`);
  draft.data.push(value);
};

const jsonData: Action = (draft, value, flag) => {
  plainData(draft, value, flag);
  draft.dataJoin = '';
  for (const name of ['content-type', 'accept']) {
    if (!draft.headers.has(name)) draft.headers.set(name, 'application/json');
  }
};

/** Percent-encodes all but placeholders, which are encoded when they are filled. */
const encodedAround = (text: string): string =>
  text
    .split(/(\{\{\w+\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');

const encodedData: Action = (draft, value, flag) => {
  const [, name, sign, content] = /^([^=@]*)([=@])?([\s\S]*)$/.exec(value) ?? [];
  if (sign === '@') throw refuse(`${flag} reads its data from a file; write the data itself in its place`);
  if (sign === undefined) draft.data.push(encodedAround(value));
  else draft.data.push(`${name ? `${name}=` : ''}${encodedAround(content ?? '')}`);
};

/** Set by the client for each call; a pasted value would be wrong for another body. */
const perCallHeaders =
  /^(:.*|host|content-length|transfer-encoding|connection|keep-alive|accept-encoding|te|upgrade|expect)$/;

const header: Action = (draft, value) => {
  if (value.startsWith('@')) throw refuse('-H reads its headers from a file; write the headers themselves');
  const [, rawName, sign, content] = /^(:?[^:;]+)([:;])([\s\S]*)$/.exec(value) ?? [];
  const name = rawName?.trim().toLowerCase() ?? '';
  const text = content?.trim() ?? '';
  if (!/^:?[\w!#$%&'*+.^`|~-]+$/.test(name)) throw refuse('a header is not written as "Name: value"');
  if (perCallHeaders.test(name)) draft.notes.push(`The header ${name} is left out: it is set for each call.`);
  else if (sign === ':' && text === '') draft.headers.delete(name);
  else if (name === 'cookie') draft.cookies.push(text);
  else draft.headers.set(name, text);
};

const cookie: Action = (draft, value) => {
  if (!value.includes('=')) throw refuse('-b reads its cookies from a file; write them as "name=value"');
  draft.cookies.push(value);
};

const setHeader =
  (name: string, before = ''): Action =>
  (draft, value) => {
    draft.headers.set(name, before + value);
  };

const certificateNote =
  'Certificates are checked all the same: name your own authority in NODE_EXTRA_CA_CERTS instead.';

const actionsWithValue: Readonly<Record<string, Action>> = {
  '--request': (draft, value) => {
    draft.method = value.toUpperCase();
  },
  '--header': header,
  '--data': plainData,
  '--data-ascii': plainData,
  '--data-binary': plainData,
  '--data-raw': (draft, value) => {
    draft.data.push(value);
  },
  '--data-urlencode': encodedData,
  '--json': jsonData,
  '--user': (draft, value) => {
    draft.basic = value.includes(':') ? value : `${value}:`;
  },
  '--oauth2-bearer': setHeader('authorization', 'Bearer '),
  '--url': (draft, value) => {
    draft.urls.push(value);
  },
  '--cookie': cookie,
  '--user-agent': setHeader('user-agent'),
  '--referer': setHeader('referer'),
  '--proxy': noted('The proxy is left out: set HTTPS_PROXY instead.'),
  '--cacert': noted('The file of --cacert is not read: name it in NODE_EXTRA_CA_CERTS instead.'),
  '--output': ignored,
  '--write-out': ignored,
  '--dump-header': ignored,
  '--cookie-jar': ignored,
  '--max-time': ignored,
  '--connect-timeout': ignored,
  '--max-redirs': ignored,
  '--retry': ignored,
  '--retry-delay': ignored,
  '--retry-max-time': ignored,
};

const multipart: Action = () => {
  throw refuse('multipart forms (-F) cannot be sent; write a template file with url, method, headers and body instead');
};

const actionsAlone: Readonly<Record<string, Action>> = {
  '--insecure': noted(`The option -k is ignored. ${certificateNote}`),
  '--get': (draft) => {
    draft.dataInQuery = true;
  },
  '--form': multipart,
  '--form-string': multipart,
  ...Object.fromEntries(
    [
      ...['silent', 'show-error', 'location', 'include', 'show-headers', 'compressed', 'verbose', 'no-buffer'],
      ...['fail', 'fail-with-body', 'globoff', 'progress-bar', 'no-progress-meter', 'http1.0', 'http1.1', 'http2'],
      ...['http2-prior-knowledge', 'http3', 'tlsv1.2', 'tlsv1.3', 'ipv4', 'ipv6', 'path-as-is', 'no-keepalive'],
    ].map((name) => [`--${name}`, ignored]),
  ),
};

const longNames: Readonly<Record<string, string>> = {
  ...{ X: '--request', H: '--header', d: '--data', u: '--user', b: '--cookie', A: '--user-agent', e: '--referer' },
  ...{ x: '--proxy', o: '--output', w: '--write-out', D: '--dump-header', c: '--cookie-jar', m: '--max-time' },
  ...{ k: '--insecure', G: '--get', F: '--form', s: '--silent', S: '--show-error', L: '--location', i: '--include' },
  ...{ v: '--verbose', N: '--no-buffer', f: '--fail', g: '--globoff', '#': '--progress-bar', '4': '--ipv4' },
  ...{ '6': '--ipv6', '0': '--http1.0' },
};

const unknownOption = (flag: string): RedoubtError =>
  refuse(`the option ${flag} is not known here; leave it out, or write a template file instead`);

/** What to do with variables, which nobody expands here: keys in headers come from elsewhere, the rest must be written out. */
function apply(draft: Draft, action: Action, value: ShellWord, flag: string): void {
  const variable = value.variables[0];
  if (variable === undefined || action === ignored) {
    action(draft, value.text, flag);
    return;
  }
  if (action !== header) throw refuse(`$${variable} is not expanded here; write the value itself`);
  const name = value.text.split(':')[0]!.trim();
  const remedy = /^authorization:\s*bearer\b/i.test(value.text)
    ? 'Its key comes from --key-env.'
    : 'It comes from --header.';
  draft.notes.push(`The header ${name} is left out: $${variable} is not expanded. ${remedy}`);
}

/** Reads the option at `index`; answers how many words it took. */
function readOption(draft: Draft, words: readonly ShellWord[], index: number): number {
  const word = words[index]!;
  const [, long, joined] = /^(--[^=]+)(?:=([\s\S]*))?$/.exec(word.text) ?? [];
  if (long === undefined) return readShortOptions(draft, words, index);
  const alone = actionsAlone[long];
  if (alone) {
    alone(draft, '', long);
    return 1;
  }
  const action = actionsWithValue[long];
  if (!action) throw unknownOption(long);
  const value = joined === undefined ? words[index + 1] : { ...word, text: joined };
  if (!value) throw refuse(`the option ${long} has no value`);
  apply(draft, action, value, long);
  return joined === undefined ? 2 : 1;
}

/** `-sSL`, `-XPOST`, `-d 'x'`: letters without a value may be joined; the first with one takes the rest or the next word. */
function readShortOptions(draft: Draft, words: readonly ShellWord[], index: number): number {
  const word = words[index]!;
  for (let at = 1; at < word.text.length; at++) {
    const flag = `-${word.text[at]}`;
    const long = longNames[word.text[at]!] ?? '';
    const action = actionsWithValue[long];
    if (action) {
      const rest = word.text.slice(at + 1);
      const value = rest === '' ? words[index + 1] : { ...word, text: rest };
      if (!value) throw refuse(`the option ${flag} has no value`);
      apply(draft, action, value, flag);
      return rest === '' ? 2 : 1;
    }
    const alone = actionsAlone[long];
    if (!alone) throw unknownOption(flag);
    alone(draft, '', flag);
  }
  return 1;
}

function readWords(words: readonly ShellWord[]): Draft {
  const draft: Draft = {
    ...{ urls: [], method: null, headers: new Map(), cookies: [], basic: null },
    ...{ data: [], dataJoin: '&', dataInQuery: false, notes: [] },
  };
  for (let index = 0; index < words.length; ) {
    const word = words[index]!;
    if (word.text.startsWith('-') && word.text.length > 1) {
      index += readOption(draft, words, index);
    } else {
      apply(draft, actionsWithValue['--url']!, word, 'the URL');
      index++;
    }
  }
  return draft;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function readUrl(draft: Draft): { url: string; basic: string | null } {
  const [first, second] = draft.urls;
  if (first === undefined) throw refuse('the command holds no URL');
  if (second !== undefined) throw refuse('holds more than one URL or command; keep the one that sends a message');
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(first) ? first : `http://${first}`;
  const parsed = URL.parse(withScheme);
  if (!parsed) throw refuse('the URL of the command cannot be read');
  const query = draft.dataInQuery ? draft.data.join('&') : '';
  const url = query ? `${withScheme}${parsed.search ? '&' : '?'}${query}` : withScheme;
  if (!parsed.username && !parsed.password) return { url, basic: null };
  return { url: url.replace(/\/\/[^/?#]*@/, '//'), basic: `${decoded(parsed.username)}:${decoded(parsed.password)}` };
}

/** Beyond the field values of RFC 9110, 5.5. */
const notSendable = /[^\t\x20-\x7e\x80-\xff]/;

function finishedHeaders(draft: Draft, basic: string | null, hasBody: boolean): Record<string, string> {
  const headers = new Map(draft.headers);
  if (basic !== null && !headers.has('authorization')) {
    headers.set('authorization', `Basic ${Buffer.from(basic).toString('base64')}`);
  }
  if (draft.cookies.length > 0) headers.set('cookie', draft.cookies.join('; '));
  if (hasBody && !headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded');
  for (const [name, value] of headers) {
    if (notSendable.test(value)) throw refuse(`the header ${name} holds a character that no header may hold`);
  }
  return Object.fromEntries(headers);
}

/** Byte order mark, comment lines and a shell's prompt before the command itself. */
const preamble = /^\uFEFF?(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*(?:\$ +)?/;

/** Whether a text is meant as a curl command rather than as a template file: its first word after comments is curl. */
export const looksLikeCurl = (text: string): boolean => /^curl(\.exe)?\s/.test(text.replace(preamble, ''));

/**
 * Reads one curl command: quotes and line ends of POSIX shells and of the Windows prompt, and the options that matter
 * for one HTTP request. Placeholders such as {{prompt}} stay as they are.
 * @throws RedoubtError FILE_INVALID with field `--curl`.
 */
export function parseCurlCommand(text: string): CurlCommand {
  if (!looksLikeCurl(text)) throw refuse('is no curl command: it must begin with "curl"');
  const line = readLine(text.replace(preamble, ''));
  const draft = readWords(line.words.slice(1));
  const { url, basic } = readUrl(draft);
  const body = draft.dataInQuery || draft.data.length === 0 ? null : draft.data.join(draft.dataJoin);
  const more =
    line.endedBy === null ? [] : [`Only the first command is read: what follows "${line.endedBy}" is left out.`];
  return {
    url,
    method: draft.method ?? (body === null ? 'GET' : 'POST'),
    headers: finishedHeaders(draft, draft.basic ?? basic, body !== null),
    body,
    notes: [...draft.notes, ...more],
  };
}

function readLine(text: string): ReturnType<typeof shellWords> {
  try {
    return shellWords(text);
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? error.message : 'cannot be read');
  }
}
