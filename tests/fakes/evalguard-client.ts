// A client of EvalGuard's API for tests: asks with a key, says what came back.
import type { Json } from './virtuered-client.ts';

export interface ScanData {
  readonly id: string;
  readonly status: string;
  readonly score: number;
  readonly totalTests: number;
  readonly executedTests: number;
  readonly erroredTests: number;
  readonly duration: number;
  readonly severityCounts: Readonly<Record<'critical' | 'high' | 'medium' | 'low', number>>;
  readonly findingsCount: number;
  readonly interval: { readonly low: number; readonly high: number; readonly n: number } | null;
  readonly notExecuted: number;
  readonly deadlineReached: boolean;
}

export interface EvalGuardAnswer<Data = Json> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly success: boolean;
    readonly data: Data;
    readonly error?: { readonly code: string; readonly message: string; readonly requestId: string };
  };
}

export interface EvalGuardClient {
  ask<Data = Json>(method: string, path: string, body?: unknown, more?: RequestInit): Promise<EvalGuardAnswer<Data>>;
  scan(changes?: Json, headers?: Record<string, string>, signal?: AbortSignal): Promise<EvalGuardAnswer<ScanData>>;
}

/** The request of the document. */
export const documentBody = {
  projectId: '00000000-0000-0000-0000-000000000000',
  model: 'gpt-4o',
  prompt: 'You are a customer support agent.',
  attackTypes: ['prompt-injection', 'jailbreak', 'pii-leak'],
} as const;

export function evalGuardClient(url: string, key: string): EvalGuardClient {
  const ask: EvalGuardClient['ask'] = async (method, path, body, more = {}) => {
    const response = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...more,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...more.headers },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as never };
  };
  return {
    ask,
    scan: (changes = {}, headers = {}, signal) =>
      ask('POST', '/api/v1/security', { ...documentBody, ...changes }, { headers, ...(signal ? { signal } : {}) }),
  };
}
