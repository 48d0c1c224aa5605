// What we use of undici, each from its own file: the package's index also brings fetch, WebSockets, caches and mocks,
// which cost every start 40 ms of CPU and 13 MB (docs/decisions/0006).
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';

export { Agent, buildConnector, EnvHttpProxyAgent };

/** Sends a request and hands over the answer as a stream, once its head is there. */
export const requestThrough = (
  dispatcher: Dispatcher,
  options: Dispatcher.RequestOptions,
): Promise<Dispatcher.ResponseData> => request.call(dispatcher, options);
