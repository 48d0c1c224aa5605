// Lets every exchange of a dispatcher be looked at as it went over the wire: for finding out what is wrong with a target.
import type { Dispatcher } from 'undici';

/** One exchange. `status` is null where no answer came; `body` is what arrived of it, as text. */
export interface RecordedExchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  status: number | null;
  body: string;
}

const headersOf = (headers: Dispatcher.DispatchOptions['headers']): Record<string, string> =>
  headers !== null && typeof headers === 'object' && !Array.isArray(headers) && !(Symbol.iterator in headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    : {};

/** A dispatcher like the given one; `onExchange` gets each exchange as it begins and may read it once it has ended. */
export function recorded(dispatcher: Dispatcher, onExchange: (exchange: RecordedExchange) => void): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    const exchange: RecordedExchange = {
      method: options.method,
      url: `${String(options.origin ?? '')}${options.path}`,
      requestHeaders: headersOf(options.headers),
      requestBody: typeof options.body === 'string' ? options.body : '',
      status: null,
      body: '',
    };
    onExchange(exchange);
    return dispatch(options, {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onRequestUpgrade: (controller, status, headers, socket) =>
        handler.onRequestUpgrade?.(controller, status, headers, socket),
      onResponseStart: (controller, status, headers, message) => {
        exchange.status = status;
        handler.onResponseStart?.(controller, status, headers, message);
      },
      onResponseData: (controller, chunk) => {
        exchange.body += chunk.toString('utf8');
        handler.onResponseData?.(controller, chunk);
      },
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    });
  });
}
