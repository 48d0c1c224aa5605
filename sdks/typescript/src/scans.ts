// Scans: estimated, started, followed to their end, read.
import { RedoubtError } from './errors.ts';
import type {
  Breakdown,
  BreakdownQuery,
  Estimate,
  HeatMap,
  ListScansQuery,
  ListTestsQuery,
  Mark,
  MarkRequest,
  Scan,
  ScanDetail,
  ScanPage,
  ScanRequest,
  Summary,
  Test,
  TestDetail,
  TestPage,
  Try,
} from './generated.ts';
import { inPages } from './pages.ts';
import { pause } from './pause.ts';
import type { CallOptions, Transport } from './transport.ts';

const PATH = '/api/redoubt/v1/scans';

export type ExportFormat = 'jsonl' | 'pdf' | 'html' | 'csv' | 'json' | 'sarif' | 'junit' | 'markdown' | 'zip';

export interface WatchOptions {
  /** Milliseconds between two looks. Default 1000. */
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

/** The scan stands still without a result: it is Failed, in Error, or somebody paused it. */
export class ScanNotFinishedError extends RedoubtError {
  readonly scan: ScanDetail;
  constructor(scan: ScanDetail) {
    const why = scan.reason === null ? '' : `: ${scan.reason}`;
    super(`The scan "${scan.name}" is ${scan.status}${why}. scans.resume("${scan.scan_id}") goes on where it stopped.`);
    this.scan = scan;
  }
}

const isAtWork = ({ status }: ScanDetail): boolean => status === 'Initializing' || status === 'Scanning';

const pathOf = (id: string, ...steps: readonly string[]): string =>
  [PATH, encodeURIComponent(id), ...steps.map(encodeURIComponent)].join('/');

const DEFAULT_INTERVAL_MS = 1000;

export class Scans {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Starts a scan. Sending it twice with one `idempotencyKey` starts it once. */
  create(request: ScanRequest, options: Pick<CallOptions, 'idempotencyKey' | 'signal'> = {}): Promise<ScanDetail> {
    return this.#transport.json('POST', PATH, { ...options, body: request });
  }

  /** Starts a scan of the simulated target: a first look without any model. */
  createDemo(): Promise<ScanDetail> {
    return this.#transport.json('POST', `${PATH}/demo`);
  }

  /** What a scan would take: tests, calls, tokens, time. Nothing is started. */
  estimate(request: ScanRequest): Promise<Estimate> {
    return this.#transport.json('POST', `${PATH}/estimate`, { body: request });
  }

  get(id: string): Promise<ScanDetail> {
    return this.#transport.json('GET', pathOf(id));
  }

  /** All scans that the filter lets through, newest first. */
  list(query: Omit<ListScansQuery, 'cursor'> = {}): AsyncGenerator<Scan, void, undefined> {
    return inPages<Scan, string>(async (cursor) => {
      const page = await this.#transport.json<ScanPage>('GET', PATH, { query: { ...query, cursor } });
      return { items: page.scans, next: page.next };
    });
  }

  /**
   * How the scan stands, again and again until it stands still: Finished, Failed, Error or Paused.
   * Leaving the loop changes nothing about the scan.
   */
  async *watch(id: string, { intervalMs, signal }: WatchOptions = {}): AsyncGenerator<ScanDetail, void, undefined> {
    for (;;) {
      const scan = await this.#transport.json<ScanDetail>('GET', pathOf(id), { signal });
      yield scan;
      if (!isAtWork(scan)) return;
      await pause(intervalMs ?? DEFAULT_INTERVAL_MS, signal);
    }
  }

  /** The scan once it is Finished. Throws ScanNotFinishedError where it stands still without that. */
  async wait(id: string, options: WatchOptions = {}): Promise<ScanDetail> {
    let last: ScanDetail | undefined;
    for await (const scan of this.watch(id, options)) last = scan;
    if (last?.status === 'Finished') return last;
    throw new ScanNotFinishedError(last!);
  }

  pause(id: string): Promise<ScanDetail> {
    return this.#transport.json('POST', pathOf(id, 'pause'));
  }

  /** Goes on with a Paused, Failed or Error scan: nothing that was stored is asked again. */
  resume(id: string): Promise<ScanDetail> {
    return this.#transport.json('POST', pathOf(id, 'resume'));
  }

  /** Ends it now and reports on what is decided. */
  stop(id: string): Promise<ScanDetail> {
    return this.#transport.json('POST', pathOf(id, 'stop'));
  }

  /** Judges a finished scan anew, in the background, without asking its target. */
  rejudge(id: string): Promise<ScanDetail> {
    return this.#transport.json('POST', pathOf(id, 'rejudge'));
  }

  rename(id: string, name: string): Promise<ScanDetail> {
    return this.#transport.json('PATCH', pathOf(id), { body: { name } });
  }

  async delete(id: string): Promise<void> {
    await this.#transport.json('DELETE', pathOf(id));
  }

  /** What a finished scan found. */
  summary(id: string): Promise<Summary> {
    return this.#transport.json('GET', pathOf(id, 'summary'));
  }

  /** Outcomes by dataset and attack. */
  heatMap(id: string): Promise<HeatMap> {
    return this.#transport.json('GET', pathOf(id, 'heatmap'));
  }

  /** Outcomes by whatever tests can be told apart by. */
  breakdown(id: string, query: BreakdownQuery): Promise<Breakdown> {
    return this.#transport.json('GET', pathOf(id, 'breakdown'), { query: { ...query } });
  }

  /** All tests that the filter lets through, page by page as they are needed. */
  tests(id: string, query: Omit<ListTestsQuery, 'cursor'> = {}): AsyncGenerator<Test, void, undefined> {
    return inPages<Test, string>(async (cursor) => {
      const page = await this.#transport.json<TestPage>('GET', pathOf(id, 'tests'), { query: { ...query, cursor } });
      return { items: page.tests, next: page.next };
    });
  }

  /** One test with its conversation, by its number or its plan key. */
  test(id: string, test: number | string): Promise<TestDetail> {
    return this.#transport.json('GET', pathOf(id, 'tests', String(test)));
  }

  /** One of its conversations with the target. */
  try(id: string, test: number | string, tryNo: number): Promise<Try> {
    return this.#transport.json('GET', pathOf(id, 'tests', String(test), 'tries', String(tryNo)));
  }

  /** A file of a finished scan, as it comes in. `fullAnswers`: answers judged breached or partial are not shortened. */
  export(
    id: string,
    format: ExportFormat,
    { fullAnswers, signal }: { readonly fullAnswers?: boolean; readonly signal?: AbortSignal } = {},
  ): Promise<ReadableStream<Uint8Array>> {
    const query = { full_answers: fullAnswers };
    return this.#transport.stream('GET', pathOf(id, 'exports', format), { query, signal });
  }

  /** What people say of the verdicts. */
  async marks(id: string): Promise<readonly Mark[]> {
    return (await this.#transport.json<{ marks: readonly Mark[] }>('GET', pathOf(id, 'marks'))).marks;
  }

  /** Says that the verdict on a test is wrong, and what it should be. */
  mark(id: string, planKey: string, mark: MarkRequest): Promise<Mark> {
    return this.#transport.json('PUT', pathOf(id, 'marks', planKey), { body: mark });
  }

  async unmark(id: string, planKey: string): Promise<void> {
    await this.#transport.json('DELETE', pathOf(id, 'marks', planKey));
  }
}
