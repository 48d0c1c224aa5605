// A client of VirtueRed's API for tests: asks, says what came back, waits for a status, opens a download.
import { randomUUID } from 'node:crypto';
import type { Failure } from '../../src/dialects/virtuered/summary.ts';
import { unzip } from './unzip.ts';
import { waitFor } from './wait-for.ts';

export type Json = Record<string, unknown>;

export interface Answered {
  readonly status: number;
  readonly body: Json;
}

export interface ProgressAnswer {
  readonly scan_id: string;
  readonly scan_name: string;
  readonly scan_time: string;
  readonly created_at: string;
  readonly status: string;
  readonly passed_line: number;
  readonly total_length: number;
  readonly remaining_time: number;
  readonly percentage: number;
  readonly reason?: string;
}

interface RateAnswer {
  readonly rate: number | null;
  readonly n: number;
  readonly k: number;
}

export interface SummaryAnswer {
  readonly averages: Readonly<Record<string, number>>;
  readonly averages_sub: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly averages_attack: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, readonly Failure[]>>;
  readonly failures_total: Readonly<Record<string, number>>;
  readonly scores: Readonly<Record<'High Risk' | 'Low Risk' | 'No Risk' | 'No Response', number>>;
  readonly risk_level: string;
  readonly avg_score: number | null;
  readonly total_length: number;
  readonly rates: Readonly<Record<'attack_success' | 'over_refusal' | 'failure', RateAnswer>>;
  readonly not_tested: readonly { readonly dataset: string; readonly cases: number; readonly reason: string }[];
  readonly manifest: Json;
}

/** A line of results.jsonl, as far as tests read it. */
export interface ResultLine extends Json {
  readonly case_id: string;
  readonly dataset: string;
  readonly attack: string;
  readonly role: string;
  readonly outcome: string;
  readonly answer: string | null;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export interface Download {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly lines: readonly ResultLine[];
  readonly summary: SummaryAnswer;
}

export interface VirtueRedClient {
  /** POST with a JSON body (a string is sent as it is) and this key. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Starts a scan; gives its id. Throws where it is refused. */
  start(body: Json): Promise<string>;
  progress(scanId: string): Promise<ProgressAnswer>;
  /** Waits until the progress is as asked. */
  until(
    scanId: string,
    wanted: string | ((progress: ProgressAnswer) => boolean),
    withinMs?: number,
  ): Promise<ProgressAnswer>;
  /** Of a finished scan. */
  summary(scanId: string): Promise<SummaryAnswer>;
  download(scanId: string): Promise<Download>;
}

const ended = new Set(['Finished', 'Failed', 'Error', 'Paused']);

/** The smallest scan: the plain requests of Healthcare Risks alone, under a name of its own. */
export const scanBody = (baseUrl: string, changes: Json = {}, model: Json = {}): Json => ({
  scan_name: `scan ${randomUUID()}`,
  model: { base_url: baseUrl, api_key: 'model-key', model_name: 'some-model', ...model },
  datasets: [{ name: 'Healthcare Risks' }],
  preset: 'direct',
  ...changes,
});

export function virtueRedClient(url: string, key: string): VirtueRedClient {
  const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'X-API-Key': key, 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  async function post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered> {
    const response = await send(path, body, headers);
    return { status: response.status, body: (await response.json()) as Json };
  }
  async function good(path: string, body: unknown): Promise<Json> {
    const answered = await post(path, body);
    if (answered.status !== 200) throw new Error(`${path}: ${JSON.stringify(answered)}`);
    return answered.body;
  }
  const progress = async (scanId: string): Promise<ProgressAnswer> =>
    (await good('/v1/scan/progress', { scan_id: scanId })) as unknown as ProgressAnswer;
  return {
    post,
    progress,
    start: async (body) => String((await good('/v1/scan/start', body)).scan_id),
    until(scanId, wanted, withinMs) {
      const isWanted = typeof wanted === 'string' ? (now: ProgressAnswer) => now.status === wanted : wanted;
      return waitFor(
        String(wanted),
        async () => {
          const now = await progress(scanId);
          if (isWanted(now)) return now;
          if (ended.has(now.status)) throw new Error(`Wanted ${String(wanted)}, got ${JSON.stringify(now)}`);
          return null;
        },
        withinMs,
      );
    },
    summary: async (scanId) => (await good('/v1/scan/summary', { scan_id: scanId })) as unknown as SummaryAnswer,
    async download(scanId) {
      const response = await send('/v1/scan/download', { scan_id: scanId });
      if (!response.ok) throw new Error(`download: ${response.status} ${await response.text()}`);
      const files = unzip(Buffer.from(await response.arrayBuffer()));
      const results = files.get('results.jsonl')?.toString('utf8') ?? '';
      return {
        files,
        lines: results
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as ResultLine),
        summary: JSON.parse(files.get('summary.json')?.toString('utf8') ?? 'null') as SummaryAnswer,
      };
    },
  };
}
