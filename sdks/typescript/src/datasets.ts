// Datasets: those that ship and those of the project.
import type { Dataset, DatasetCase, DatasetPage, UploadReport } from './generated.ts';
import { inPages } from './pages.ts';
import type { Transport } from './transport.ts';

const PATH = '/api/redoubt/v1/datasets';

const pathOf = (name: string): string => `${PATH}/${encodeURIComponent(name)}`;

const types = { jsonl: 'application/jsonl', csv: 'text/csv' } as const;

export interface Upload {
  readonly name: string;
  /** The file: a Blob of `fs.openAsBlob` is sent as it is read. At most 64 MB. */
  readonly data: string | Uint8Array<ArrayBuffer> | Blob;
  /** Default jsonl. */
  readonly format?: keyof typeof types;
  /** CSV: which column holds a key, where it has another name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Report on the file without storing it. */
  readonly checkOnly?: boolean;
}

export class Datasets {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(): Promise<readonly Dataset[]> {
    return (await this.#transport.json<{ datasets: readonly Dataset[] }>('GET', PATH)).datasets;
  }

  /** By name or slug. */
  async get(name: string): Promise<Dataset> {
    return (await this.#transport.json<DatasetPage>('GET', pathOf(name), { query: { limit: 1 } })).dataset;
  }

  /** All cases, in the order of the file. */
  cases(name: string): AsyncGenerator<DatasetCase, void, undefined> {
    return inPages<DatasetCase, number>(async (after) => {
      const { cases, next } = await this.#transport.json<DatasetPage>('GET', pathOf(name), { query: { after } });
      return { items: cases, next };
    });
  }

  /** Adds a dataset, or a new version of one. Throws InvalidRequestError whose `lines` name the bad ones. */
  add({ name, data, format = 'jsonl', columns = {}, checkOnly }: Upload): Promise<UploadReport> {
    const column = Object.entries(columns).map(([key, header]) => `${key}=${header}`);
    return this.#transport.json('POST', PATH, {
      query: { name, column, check_only: checkOnly },
      content: { data, type: types[format] },
    });
  }

  /** Deletes one of the project's own; scans that used it keep their version. */
  async delete(name: string): Promise<void> {
    await this.#transport.json('DELETE', pathOf(name));
  }
}
