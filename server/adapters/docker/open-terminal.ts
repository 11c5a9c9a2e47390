import type { Duplex } from 'node:stream';
import type { TerminalSize } from '../../domain/terminal/terminal-size.ts';
import type { OpenContainerTerminal, Terminal } from '../../ports/terminal.ts';
import { readOutput, writeTo } from '../stream/socket-bytes.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { type ExecProcess, exitCode, isExecRunning, killExec } from './exec-process.ts';
import { toEnv } from './to-create-options.ts';

/** The engine answers a size for a program that never began only at its own deadline. */
const FIRST_SIZE_MS = 1_000;
/** What is hung up has this long to end by itself. */
const HANG_UP_LOOKS = 10;
const HANG_UP_LOOK_EVERY_MS = 100;

/** Starts a command with a terminal in a container. Errors: container.not-ready, not-found, those of the port. */
export async function openTerminal(parts: EngineParts, containerId: string, options: OpenContainerTerminal): Promise<Terminal> {
  const what = `terminal in ${containerId.slice(0, 24)}`;
  try {
    const execId = await createExec(parts, { containerId, what, options });
    const socket = await attach(parts, { execId, what, signal: options.signal });
    const process: ExecProcess = { containerId, execId, what };
    await firstSize(parts, process, options.size);
    return toTerminal(parts, process, socket);
  } catch (error) {
    throw toCallError(parts.transport.hostName, what, error);
  }
}

function toTerminal(parts: EngineParts, process: ExecProcess, socket: Duplex): Terminal {
  const { hostName } = parts.transport;
  // Told to the reader of the output; without a reader it has no other listener.
  socket.on('error', () => undefined);
  return {
    output: readOutput(socket, (error) => toCallError(hostName, process.what, error)),
    write: (bytes) => writeTo(socket, bytes),
    resize: (size) => resize(parts, process, size).catch(ignoreEnded),
    exitCode: () => exitCode(parts, process.execId, process.what).catch(() => null),
    async close() {
      await hangUp(parts, process);
      socket.destroy();
    },
  };
}

async function createExec(
  { calls }: EngineParts,
  { containerId, what, options }: { containerId: string; what: string; options: OpenContainerTerminal },
): Promise<string> {
  const { argv, user, folder, env = {} } = options;
  const exec = await calls.call({
    what,
    deadlineMs: DEADLINE_MS.exec,
    options,
    perform: (docker, abortSignal) =>
      docker.getContainer(containerId).exec({
        Cmd: [...argv],
        Env: toEnv(env),
        Tty: true,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        ...(user === undefined ? {} : { User: user }),
        ...(folder === undefined ? {} : { WorkingDir: folder }),
        abortSignal,
      }),
  });
  return exec.id;
}

function attach(
  { http }: EngineParts,
  { execId, what, signal }: { execId: string; what: string; signal: AbortSignal | undefined },
): Promise<Duplex> {
  return http.upgrade({
    what,
    method: 'POST',
    path: `/exec/${execId}/start`,
    body: Buffer.from(JSON.stringify({ Detach: false, Tty: true })),
    headMs: DEADLINE_MS.exec,
    signal,
  });
}

async function resize({ http }: EngineParts, { execId, what }: ExecProcess, { columns, rows }: TerminalSize): Promise<void> {
  await http.send({
    what: `size of the ${what}`,
    method: 'POST',
    path: `/exec/${execId}/resize`,
    query: { h: String(rows), w: String(columns) },
    headMs: DEADLINE_MS.exec,
    signal: undefined,
  });
}

async function firstSize(parts: EngineParts, process: ExecProcess, size: TerminalSize): Promise<void> {
  const late = Promise.withResolvers<void>();
  const stopTimer = parts.clock.after(FIRST_SIZE_MS, late.resolve);
  await Promise.race([resize(parts, process, size).catch(ignoreEnded), late.promise]);
  stopTimer();
}

/** A size that comes too late is of no use to anybody; a lost link is told by the output. */
const ignoreEnded = (): undefined => undefined;

/** Closing the stream does not end the process, so it is hung up as a terminal would, and killed where it stays. */
async function hangUp(parts: EngineParts, process: ExecProcess): Promise<void> {
  try {
    if (!(await isExecRunning(parts, process))) return;
    await killExec(parts, { ...process, signalName: 'HUP' });
    for (let look = 0; look < HANG_UP_LOOKS; look += 1) {
      if (!(await isExecRunning(parts, process))) return;
      await new Promise<void>((resolve) => parts.clock.after(HANG_UP_LOOK_EVERY_MS, resolve));
    }
    await killExec(parts, { ...process, signalName: 'KILL' });
  } catch {
    // Neither the link nor the engine answers: there is nothing to end it with.
    return;
  }
}
