// Sends one harmless message to a target and keeps all that went over the wire: to find out what is wrong with it.
import type { CallResult } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';
import { hintFor } from '../models/hints.ts';
import { maskSecrets } from '../models/http-outcome.ts';
import { secretsOfApplication } from '../models/http-target.ts';
import { knownSecrets } from '../models/known-secrets.ts';
import type { TargetOpener, TargetOpenerOptions, TargetSecrets } from '../models/open-target.ts';
import { type RecordedExchange, recorded } from '../models/recording.ts';
import { parseTargetFile } from '../models/target-file.ts';
import type { TargetSpec } from './spec.ts';

const GREETING = 'Hello! Please answer with one short, friendly sentence.';
const MOST_ADAPTATIONS = 3;
const MOST_SHOWN = 2_000;

/** One exchange as it may be shown: keys are masked, long texts are cut. */
export interface ShownExchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number | null;
  readonly body: string;
}

export interface ConnectionTest {
  readonly result: CallResult;
  /** What to do about a failure; null where nothing more can be said, or nothing is wrong. */
  readonly hint: string | null;
  readonly exchanges: readonly ShownExchange[];
  /** What had to be changed so that the endpoint takes our requests. */
  readonly adaptations: readonly string[];
}

const cut = (text: string): string => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text);

function shownOf(exchange: RecordedExchange, secrets: readonly string[]): ShownExchange {
  const known = knownSecrets(secrets);
  const shown = (text: string): string => cut(maskSecrets(known.mask(text), [...secrets, ...known.forms]));
  const { method, status } = exchange;
  return {
    method,
    url: shown(exchange.url),
    requestHeaders: Object.fromEntries(
      Object.entries(exchange.requestHeaders).map(([name, value]) => [name, shown(value)]),
    ),
    requestBody: shown(exchange.requestBody),
    status,
    body: shown(exchange.body),
  };
}

/** Of an application also what stands in its template: cookies, and keys in its headers, address and body. */
const valuesOf = ({ apiKey, headers, targetFile }: TargetSecrets): string[] => [
  apiKey ?? '',
  ...Object.values(headers),
  ...(targetFile === null ? [] : secretsOfApplication(parseTargetFile(targetFile), headers)),
];

/** Makes an opener with something before its dispatcher. */
export type WrappedOpener = (wrap: NonNullable<TargetOpenerOptions['wrap']>) => TargetOpener;

/** Throws TARGET_NOT_ALLOWED, INVALID_FIELD or FILE_INVALID where the target may not be called. */
export async function testConnection(
  openerWith: WrappedOpener,
  clock: Clock,
  target: TargetSpec,
  secrets: TargetSecrets,
): Promise<ConnectionTest> {
  const exchanges: RecordedExchange[] = [];
  const open = openerWith((dispatcher) => recorded(dispatcher, (exchange) => exchanges.push(exchange)));
  const { model, close } = open(target, secrets, 'connection test');
  const system = target.system === null ? [] : [{ role: 'system' as const, content: target.system }];
  const ask = (): Promise<CallResult> =>
    model.call({
      messages: [...system, { role: 'user', content: GREETING }],
      conversationId: `connection-test-${clock.now()}`,
    });
  try {
    let result = await ask();
    for (let again = 0; again < MOST_ADAPTATIONS && !result.ok && result.failure.kind === 'adapted'; again++)
      result = await ask();
    const known = valuesOf(secrets);
    return {
      result,
      hint: result.ok ? null : hintFor(result.failure, target.kind),
      exchanges: exchanges.map((exchange) => shownOf(exchange, known)),
      adaptations: model.adaptations(),
    };
  } finally {
    await close();
  }
}
