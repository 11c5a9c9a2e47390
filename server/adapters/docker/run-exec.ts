import type { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ExecOptions, ExecResult } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { exitCode, killExec } from './exec-process.ts';
import { readFrames } from './frames.ts';
import { toEnv } from './to-create-options.ts';

const MAX_OUTPUT_BYTES = 1024 * 1024;

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
    const killed = execId === undefined || (await killExec(parts, { containerId, execId, what, signalName: 'KILL' }));
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
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  const room = { stdout: MAX_OUTPUT_BYTES, stderr: MAX_OUTPUT_BYTES };
  for await (const { stream, bytes } of readFrames(socket)) {
    const text = onOutput === undefined ? '' : decoders[stream].write(Buffer.from(bytes));
    if (text !== '') onOutput?.(stream, text);
    const piece = bytes.subarray(0, room[stream]);
    room[stream] -= piece.length;
    if (piece.length > 0) kept[stream].push(Buffer.from(piece));
  }
  return { stdout: Buffer.concat(kept.stdout).toString('utf8'), stderr: Buffer.concat(kept.stderr).toString('utf8') };
}

function toOverdue(what: string, timeoutMs: number, killed: boolean): ClockerError {
  const end = killed ? 'and killed' : 'and could not be killed, so it may still run';
  return new ClockerError('deadline', { message: `Not done within ${timeoutMs / 1_000} s ${end}: ${what}`, retryable: true });
}
