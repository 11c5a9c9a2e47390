import type { Duplex } from 'node:stream';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ExecOptions, ExecResult } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readFrames } from './frames.ts';
import { toEnv } from './to-create-options.ts';

const MAX_OUTPUT_BYTES = 1024 * 1024;
const EXIT_LOOKS = 50;
const EXIT_LOOK_EVERY_MS = 20;

/** Runs a command in a container to its end. Errors: deadline (it is killed on the host), cancelled, container.not-ready, those of the port. */
export async function runExec(parts: EngineParts, containerId: string, options: ExecOptions): Promise<ExecResult> {
  const what = `command ${options.argv[0] ?? ''} in ${containerId.slice(0, 24)}`;
  const over = new AbortController();
  const stopTimer = parts.clock.after(options.timeoutMs, () => over.abort());
  const signal = options.signal ? AbortSignal.any([options.signal, over.signal]) : over.signal;
  let execId: string | undefined;
  try {
    execId = await createExec(parts, { containerId, what, options, signal });
    const output = await attach(parts, { execId, what, options, signal });
    return { code: await exitCode(parts, execId, what), ...output };
  } catch (error) {
    if (!signal.aborted) throw toCallError(parts.transport.hostName, what, error);
    // Closing the stream does not end the process.
    const killed = execId === undefined || (await killExec(parts, { containerId, execId, what }));
    if (over.signal.aborted) throw toOverdue(`${what} on ${parts.transport.hostName}`, options.timeoutMs, killed);
    throw toCancelled(what, options.signal?.reason);
  } finally {
    stopTimer();
  }
}

interface Creation {
  readonly containerId: string;
  readonly what: string;
  readonly options: ExecOptions;
  readonly signal: AbortSignal;
}

async function createExec({ calls }: EngineParts, { containerId, what, options, signal }: Creation): Promise<string> {
  const exec = await calls.call({
    what,
    deadlineMs: DEADLINE_MS.exec,
    options: { signal },
    perform: (docker, abortSignal) =>
      docker.getContainer(containerId).exec({
        Cmd: [...options.argv],
        Env: toEnv(options.env ?? {}),
        AttachStdin: options.stdin !== undefined,
        AttachStdout: true,
        AttachStderr: true,
        abortSignal,
      }),
  });
  return exec.id;
}

interface Attachment {
  readonly execId: string;
  readonly what: string;
  readonly options: ExecOptions;
  readonly signal: AbortSignal;
}

async function attach({ http }: EngineParts, { execId, what, options, signal }: Attachment): Promise<{ stdout: string; stderr: string }> {
  const socket: Duplex = await http.upgrade({
    what,
    method: 'POST',
    path: `/exec/${execId}/start`,
    body: Buffer.from(JSON.stringify({ Detach: false, Tty: false })),
    headMs: DEADLINE_MS.exec,
    signal,
  });
  const cancel = (): void => {
    socket.destroy(signal.reason);
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    if (options.stdin !== undefined) socket.end(options.stdin);
    return await readOutput(socket, options.onOutput);
  } finally {
    signal.removeEventListener('abort', cancel);
    socket.destroy();
  }
}

/** What exceeds the cap is read and dropped, so that the command does not block. */
async function readOutput(socket: Duplex, onOutput: ExecOptions['onOutput']): Promise<{ stdout: string; stderr: string }> {
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const room = { stdout: MAX_OUTPUT_BYTES, stderr: MAX_OUTPUT_BYTES };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  for await (const { stream, bytes } of readFrames(socket)) {
    onOutput?.(stream, decoders[stream].decode(bytes, { stream: true }));
    const piece = bytes.subarray(0, room[stream]);
    room[stream] -= piece.length;
    if (piece.length > 0) kept[stream].push(Buffer.from(piece));
  }
  return { stdout: Buffer.concat(kept.stdout).toString('utf8'), stderr: Buffer.concat(kept.stderr).toString('utf8') };
}

/** The stream ends a moment before the engine knows the code. */
async function exitCode(parts: EngineParts, execId: string, what: string): Promise<number> {
  for (let look = 0; look < EXIT_LOOKS; look += 1) {
    const { ExitCode, Running } = await inspectExec(parts, execId, what);
    if (!Running && ExitCode !== null) return ExitCode;
    await new Promise<void>((resolve) => parts.clock.after(EXIT_LOOK_EVERY_MS, resolve));
  }
  throw new ClockerError('engine.refused', {
    message: `Docker on ${parts.transport.hostName} told no exit code of the ${what}`,
    retryable: true,
  });
}

/** False where it may still run. */
async function killExec(
  parts: EngineParts,
  { containerId, execId, what }: { containerId: string; execId: string; what: string },
): Promise<boolean> {
  try {
    const { Pid, Running } = await inspectExec(parts, execId, what);
    if (!Running || Pid <= 0) return true;
    const { killed, innerPid } = await parts.transport.killGroup(Pid);
    if (!killed && innerPid !== null) await killFromInside(parts, { containerId, innerPid, what });
    return killed || !(await inspectExec(parts, execId, what)).Running;
  } catch {
    // The link or the engine is gone as well; the caller is told that the command may still run.
    return false;
  }
}

/** A login that may use the engine but is not root kills nothing of the engine's; another command in the container can, where the image has kill. */
async function killFromInside(
  parts: EngineParts,
  { containerId, innerPid, what }: { containerId: string; innerPid: number; what: string },
): Promise<void> {
  const exec = await parts.calls.call({
    what,
    deadlineMs: DEADLINE_MS.exec,
    options: undefined,
    perform: (docker, abortSignal) => docker.getContainer(containerId).exec({ Cmd: ['kill', '-KILL', '--', `-${innerPid}`], abortSignal }),
  });
  await parts.http.send({
    what,
    method: 'POST',
    path: `/exec/${exec.id}/start`,
    body: Buffer.from(JSON.stringify({ Detach: true })),
    headMs: DEADLINE_MS.exec,
    signal: undefined,
  });
  await exitCode(parts, exec.id, what);
}

function inspectExec({ calls }: EngineParts, execId: string, what: string) {
  return calls.call({
    what,
    deadlineMs: DEADLINE_MS.inspect,
    options: undefined,
    perform: (docker, abortSignal) => docker.getExec(execId).inspect({ abortSignal }),
  });
}

function toOverdue(what: string, timeoutMs: number, killed: boolean): ClockerError {
  const end = killed ? 'and killed' : 'and could not be killed, so it may still run';
  return new ClockerError('deadline', { message: `Not done within ${timeoutMs / 1_000} s ${end}: ${what}`, retryable: true });
}
