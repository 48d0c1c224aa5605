// What to do about a failed call, in words a newcomer understands: for the command line and for our own API.
import type { CallFailure, CallFailureKind } from '../core/chat.ts';

type Hints<Key extends string | number> = Readonly<Partial<Record<Key, string>>>;

const byStatus: Hints<number> = {
  400: 'The endpoint does not like the request: is the model name right, and does it speak the chat completions API?',
  401: 'The endpoint wants another key. Put it into REDOUBT_TARGET_API_KEY, or name the variable that holds it with --key-env.',
  403: 'The key is known but may not do this: look at the rights of the key and at the name of the model.',
  404: 'Nothing answers at this path. The base URL usually ends in /v1 (without /chat/completions); the model must exist there.',
  405: 'The endpoint does not take POST here. The base URL usually ends in /v1.',
  429: 'The endpoint says: too many requests. Scan slower with --qpm and --concurrency, or look at the quota of the key.',
};

const byKind: Hints<CallFailureKind> = {
  unreachable:
    'Is the endpoint running, and are host and port right? Behind a proxy, set HTTPS_PROXY; for an own certificate authority, NODE_EXTRA_CA_CERTS.',
  timeout: 'The endpoint takes its time: try again, or give it more with --timeout.',
  hung_up: 'The endpoint hangs up: is it https where http is given, or the other way round?',
  unparseable:
    'This is no chat completion. Does the base URL lead to the API, and not to its web page? For another kind of application use --curl.',
  empty:
    'The endpoint answers, but with an empty text: look at its own log, and at --max-tokens for a reasoning model.',
  server_error: 'The endpoint has trouble of its own: look at its log, or try again later.',
  cut: 'The endpoint breaks off in the middle: look at proxies and time limits between here and there.',
  not_allowed:
    'Redoubt calls no such address. Private addresses are allowed while it listens on loopback, or where targets.allow names them.',
};

/** What is otherwise for an HTTP application, which is called as its template says. */
const wrongPlace =
  'Nothing takes the message at this address: paste the curl command of one that works, with its address and method.';
const applicationByStatus: Hints<number> = {
  ...byStatus,
  400: 'The application does not like the request: does the template send all that it wants, with {{prompt}} in the right place?',
  401: 'The application wants another key or session: paste a fresh curl command, or give the key with --key-env or --header.',
  403: 'The application knows who asks, but not that they may: look at the cookies and headers of the template.',
  404: wrongPlace,
  405: wrongPlace,
};
const applicationByKind: Hints<CallFailureKind> = {
  ...byKind,
  unparseable: 'Where does the answer lie? Name its path as answer_path in a template.',
  empty: 'The application answers, but with an empty text: look at its own log, and at answer_path.',
};

/** One sentence or two, or null where nothing more can be said. */
export function hintFor({ status, kind }: CallFailure, target: 'openai' | 'http'): string | null {
  const [statuses, kinds] = target === 'http' ? [applicationByStatus, applicationByKind] : [byStatus, byKind];
  return (status === null ? undefined : statuses[status]) ?? kinds[kind] ?? null;
}
