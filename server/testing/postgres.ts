import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';

export interface PostgresCluster {
  /** Address of the database `postgres`. */
  readonly url: string;
  /** Makes an empty database and returns its address. */
  freshUrl(): Promise<string>;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server of Debian's package in a temporary directory, reached by a Unix socket there. */
export async function startPostgres(): Promise<PostgresCluster> {
  const bin = await findPrograms();
  const user = await findUser();
  const home = await mkdtemp(path.join(tmpdir(), 'clocker-postgres-'));
  if (user) await chown(home, user.uid, user.gid);
  const files = path.join(home, 'files');
  const options = { cwd: home, timeout: 60_000, env: { ...process.env, LC_ALL: 'C.UTF-8' }, ...user };
  await run(path.join(bin, 'initdb'), ['-D', files, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-instructions'], options);
  const settings = `-c listen_addresses='' -c unix_socket_directories=${home} -c max_connections=100`;
  await run(path.join(bin, 'pg_ctl'), ['-D', files, '-w', '-t', '60', '-l', path.join(home, 'log'), '-o', settings, 'start'], options);
  const url = (database: string) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(home)}`;
  let made = 0;
  return {
    url: url('postgres'),
    async freshUrl() {
      made += 1;
      const name = `test_${made}`;
      const client = new Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    async stop() {
      await run(path.join(bin, 'pg_ctl'), ['-D', files, '-m', 'immediate', '-w', 'stop'], options);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function findPrograms(): Promise<string> {
  const versions = await readdir(INSTALLED);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (!newest) throw new Error(`No PostgreSQL in ${INSTALLED}: apt-get install postgresql`);
  return path.join(INSTALLED, newest, 'bin');
}

/** PostgreSQL refuses to run as root: then it runs as the user that the package made. */
async function findUser(): Promise<{ readonly uid: number; readonly gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
