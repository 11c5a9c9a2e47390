import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const DEFAULT_URL = 'http://127.0.0.1:8081';

const savedLogin = z.object({ url: z.url(), token: z.string().min(1) });
export type Login = z.infer<typeof savedLogin>;

export interface Connection {
  readonly url: string;
  /** Null when nobody signed in: only set-up and sign-in work then. */
  readonly token: string | null;
}

export interface ConnectionChoice {
  readonly url?: string;
  readonly token?: string;
}

/**
 * Which server, and as whom: the command line, then CLOCKER_URL and CLOCKER_TOKEN, then what `login` saved, then the token that a
 * server of this machine keeps in a data directory which this user may read.
 */
export async function readConnection(choice: ConnectionChoice): Promise<Connection> {
  const saved = await readLogin();
  const url = trimSlash(choice.url ?? process.env.CLOCKER_URL ?? saved?.url ?? DEFAULT_URL);
  const given = choice.token ?? process.env.CLOCKER_TOKEN;
  if (given) return { url, token: given };
  if (saved && trimSlash(saved.url) === url) return { url, token: saved.token };
  return { url, token: isLocal(url) ? await readLocalToken() : null };
}

/** Readable by its owner alone. */
export async function saveLogin(login: Login): Promise<string> {
  const file = loginFile();
  const draft = `${file}.${process.pid}`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(draft, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
  return file;
}

export async function forgetLogin(): Promise<void> {
  await rm(loginFile(), { force: true });
}

function loginFile(): string {
  return path.join(process.env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config'), 'clocker', 'cli.json');
}

async function readLogin(): Promise<Login | null> {
  const text = await readOptional(loginFile());
  return text === null ? null : savedLogin.parse(JSON.parse(text));
}

/** Of the server that runs: `npm start` keeps its data in `data`, `npm run demo` below it. */
async function readLocalToken(): Promise<string | null> {
  const directories = process.env.CLOCKER_DATA ? [process.env.CLOCKER_DATA] : ['data', path.join('data', 'demo')];
  const found: string[] = [];
  for (const directory of directories) {
    const token = (await readOptional(path.resolve(directory, 'local-token')))?.trim();
    if (token && (await isServed(directory))) return token;
    if (token) found.push(token);
  }
  return found[0] ?? null;
}

/** Whether the process that holds a data directory lives. */
async function isServed(directory: string): Promise<boolean> {
  const pid = Number(await readOptional(path.resolve(directory, 'lock.pid')));
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readOptional(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EACCES') return null;
    throw error;
  });
}

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
