// SQLite through Node's own driver, in the form that Kysely's dialect asks for.
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import type { InTransaction, Runner } from './bulk-insert.ts';
import { inWords } from './failure.ts';
import type { Database } from './schema.ts';
import { storableValues } from './storable-text.ts';
import { type WriteTurn, writeTurnOf } from './write-turn.ts';

/**
 * How soon a commit reaches the disk. `full`: before it is acknowledged. `normal`: a killed process loses nothing,
 * a power cut may lose the commits since the last `full` one (docs/decisions: durability).
 */
export type Durability = 'full' | 'normal';

// Longer than the longest write of another process: large deletions, and migrations of a full database.
const BUSY_TIMEOUT_MS = 60_000;
const STATEMENTS_KEPT = 256;

class Statement implements SqliteStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return inWords(() => this.#statement.all(...(storableValues(parameters) as SQLInputValue[])));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return inWords(() => this.#statement.run(...(storableValues(parameters) as SQLInputValue[])));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...(storableValues(parameters) as SQLInputValue[]));
  }
}

class Connection implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** Statements are prepared once and kept while they are in use: the same few run millions of times. */
  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = new Statement(inWords(() => this.#database.prepare(sql)));
    if (this.#statements.size >= STATEMENTS_KEPT) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

const onlyReads = /^\s*(select|explain|pragma)\b/i;

class WritingDriver extends SqliteDriver {
  readonly #connection: Connection;
  readonly #turn: WriteTurn;

  constructor(connection: Connection, turn: WriteTurn) {
    super({ database: connection });
    this.#connection = connection;
    this.#turn = turn;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await super.acquireConnection();
    return {
      executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
        const mayWrite = !this.#connection.isInTransaction && !onlyReads.test(query.sql);
        while (mayWrite && this.#turn.isTaken) await this.#turn.given();
        return inner.executeQuery<Row>(query);
      },
      streamQuery: (query, size) => inner.streamQuery(query, size),
    };
  }

  // A transaction that reads before it writes fails at once, without waiting, when another process has written meanwhile.
  override async beginTransaction(): Promise<void> {
    while (this.#turn.isTaken) await this.#turn.given();
    this.#turn.take();
    try {
      this.#connection.prepare('begin immediate').run([]);
    } catch (error) {
      this.#turn.give();
      throw error;
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#turn.give();
  }

  // Where the disk is full SQLite has taken the transaction back by itself: a second time would hide the reason.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      if (this.#connection.isInTransaction) await super.rollbackTransaction(connection);
    } finally {
      this.#turn.give();
    }
  }

  async transaction<Value>(held: DatabaseConnection, work: (run: Runner) => Promise<Value>): Promise<Value> {
    await this.beginTransaction();
    try {
      const value = await work(held);
      await this.commitTransaction(held);
      return value;
    } catch (error) {
      await this.rollbackTransaction(held);
      throw error;
    }
  }
}

// SQLite takes a schema back like any change, so a migration that breaks off leaves nothing behind.
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Dialect extends SqliteDialect {
  readonly #driver: WritingDriver;

  constructor(connection: Connection, driver: WritingDriver) {
    super({ database: connection });
    this.#driver = driver;
  }

  override createDriver(): WritingDriver {
    return this.#driver;
  }

  override createAdapter(): TransactionalAdapter {
    return new TransactionalAdapter();
  }
}

const WAL_PAUSE_MS = 20;
const MOST_WAL_TRIES = 250;

// The change to WAL does not wait for others as all else does: processes that make one database at once must ask again.
function enterWal(database: DatabaseSync): void {
  for (let tried = 1; ; tried++) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      const isBusy = error instanceof Error && /locked|busy/i.test(error.message);
      if (!isBusy || tried === MOST_WAL_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAL_PAUSE_MS);
    }
  }
}

export interface OpenSqlite {
  readonly db: Kysely<Database>;
  readonly inTransaction: InTransaction;
}

/** Does what the file system lets it do: where it does not, SQLite itself has words for it, or another owner chose so. */
function ifAllowed(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

// SQLite gives the log and its index the rights of the database; those that a crash left have their own. Rights of a
// group alone were somebody's choice.
function keepFromOthers(path: string): void {
  ifAllowed(() => closeSync(openSync(path, 'ax', 0o600)));
  for (const file of [path, `${path}-wal`, `${path}-shm`])
    ifAllowed(() => {
      const found = statSync(file, { throwIfNoEntry: false });
      if (found?.isFile() && (found.mode & 0o007) !== 0) chmodSync(file, found.mode & 0o700);
    });
}

/**
 * Opens the database file in WAL mode. A new one, and one that everybody could read, becomes its owner's alone. Throws
 * what SQLite throws; store.ts words it.
 */
export function openSqlite(path: string, durability: Durability): OpenSqlite {
  if (path !== ':memory:') keepFromOthers(path);
  const database = new DatabaseSync(path);
  database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
  enterWal(database);
  database.exec(`pragma synchronous = ${durability}`);
  database.exec('pragma foreign_keys = on');
  const connection = new Connection(database);
  const driver = new WritingDriver(connection, writeTurnOf(path));
  const db = new Kysely<Database>({ dialect: new Dialect(connection, driver) });
  return { db, inTransaction: (work) => db.getExecutor().provideConnection((held) => driver.transaction(held, work)) };
}
