import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { pipeline as connect } from 'node:stream/promises';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { DetachedProcess, ExecOptions, ExecResult, LocalExec, ProcessIdentity } from '../../ports/local-exec.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** Programs of this machine, started directly: no shell reads the arguments. */
export function createLocalExec(): LocalExec {
  return {
    run: (argv, options) => runPipeline([argv], options),
    pipeline: runPipeline,
    spawnDetached,
    commandLine,
    signal: sendSignal,
    self: async () => ({ pid: process.pid, started: (await startMark(process.pid)) ?? '' }),
    identify: async (pid) => {
      const started = await startMark(pid);
      return started === undefined ? undefined : { pid, started };
    },
    isAlive: async (identity: ProcessIdentity) => identity.started !== '' && (await startMark(identity.pid)) === identity.started,
    isRoot: () => process.getuid?.() === 0,
  };
}

async function runPipeline(argvs: readonly (readonly string[])[], options: ExecOptions = {}): Promise<ExecResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  options.signal?.throwIfAborted();
  const children = argvs.map((argv) => start(argv, options));
  const title = argvs.map((argv) => argv.join(' ')).join(' | ');
  let interruption: ClockerError | undefined;
  const interrupt = (error: ClockerError): void => {
    interruption ??= error;
    for (const child of children) killGroup(child);
  };
  const timer = setTimeout(() => interrupt(overdue(title, timeoutMs)), timeoutMs);
  const onAbort = (): void => interrupt(new ClockerError('cancelled', { message: `Cancelled: ${title}` }));
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await collect(children, options);
    if (interruption) throw interruption;
    return result;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function start(argv: readonly string[], options: ExecOptions): ChildProcess {
  const [program = '', ...args] = argv;
  return spawn(program, args, {
    // A group of its own, so that a deadline also ends what the program started.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
}

async function collect(children: readonly ChildProcess[], options: ExecOptions): Promise<ExecResult> {
  const exits = children.map(exitCode);
  const first = children[0];
  const last = children.at(-1);
  const errors = children.map((child) => readAll(child.stderr, options.onLine && ((line) => options.onLine?.(line, 'stderr'))));
  const output = readAll(last?.stdout, options.onLine && ((line) => options.onLine?.(line, 'stdout')));
  const links = children.slice(1).map((child, index) => {
    const before = children[index];
    // A reader that ends early breaks the pipe; its own exit code tells why.
    return before?.stdout && child.stdin ? connect(before.stdout, child.stdin).catch(() => undefined) : undefined;
  });
  first?.stdin?.on('error', () => undefined);
  first?.stdin?.end(options.input ?? '');
  const codes = await Promise.all(exits);
  await Promise.all(links);
  return { code: codes.find((code) => code !== 0) ?? 0, stdout: await output, stderr: (await Promise.all(errors)).join('') };
}

async function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

async function readAll(stream: NodeJS.ReadableStream | null | undefined, onLine?: (line: string) => void): Promise<string> {
  if (!stream) return '';
  let text = '';
  let rest = '';
  stream.setEncoding('utf8');
  try {
    for await (const chunk of stream) {
      text += String(chunk);
      if (!onLine) continue;
      const lines = (rest + String(chunk)).split(/\r?\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
  } catch {
    // The stream of a program that could not be started ends with an error; exitCode reports it.
    return text;
  }
  if (rest && onLine) onLine(rest);
  return text;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

function overdue(title: string, timeoutMs: number): ClockerError {
  return new ClockerError('deadline', { message: `Not done within ${Math.round(timeoutMs / 1000)} s: ${title}`, retryable: true });
}

async function spawnDetached(argv: readonly string[], options: DetachedProcess): Promise<number> {
  const [program = '', ...args] = argv;
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, 'a');
  try {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', log.fd, log.fd], env: { ...process.env, ...options.env } });
    await once(child, 'spawn');
    child.unref();
    if (child.pid === undefined) throw new ClockerError('internal', { message: `Cannot start ${program}` });
    if (options.pidFile) await writeFile(options.pidFile, `${child.pid}\n`);
    return child.pid;
  } catch (cause) {
    throw new ClockerError('internal', { message: `Cannot start ${program}: ${String(cause)}`, cause });
  } finally {
    await log.close();
  }
}

async function commandLine(pid: number): Promise<readonly string[] | undefined> {
  const text = await readProc(`/proc/${pid}/cmdline`);
  return text ? text.split('\0').filter((part) => part !== '') : undefined;
}

/** Field 22 of /proc/PID/stat (see proc(5)), counted after the program's name, which may itself hold blanks and brackets. */
async function startMark(pid: number): Promise<string | undefined> {
  const stat = await readProc(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = (await readProc('/proc/sys/kernel/random/boot_id')) ?? '';
  return `${fields[19]}@${boot.trim()}`;
}

async function readProc(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function sendSignal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
