import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';

const EXIT_LOOKS = 50;
const EXIT_LOOK_EVERY_MS = 20;

export interface ExecProcess {
  readonly containerId: string;
  readonly execId: string;
  /** For messages: `command sh in web`. */
  readonly what: string;
}

/** Waits for the code: the stream ends a moment before the engine knows it. Errors: engine.refused where it tells none within a second. */
export async function exitCode(parts: EngineParts, execId: string, what: string): Promise<number> {
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

/** Signals a command and its children; false where it may still run. A hang-up is sent only: who gets it may take its time. */
export async function killExec(
  parts: EngineParts,
  { containerId, execId, what, signalName }: ExecProcess & { readonly signalName: 'HUP' | 'KILL' },
): Promise<boolean> {
  try {
    const { Pid, Running } = await inspectExec(parts, execId, what);
    if (!Running || Pid <= 0) return true;
    const { killed, innerPid } = await parts.transport.killGroup(Pid, signalName);
    if (!killed && innerPid !== null) await killFromInside(parts, { containerId, innerPid, what, signalName });
    return killed || !(await inspectExec(parts, execId, what)).Running;
  } catch {
    // The link or the engine is gone as well; the caller is told that the command may still run.
    return false;
  }
}

/** Whether the engine still runs it. */
export async function isExecRunning(parts: EngineParts, { execId, what }: Pick<ExecProcess, 'execId' | 'what'>): Promise<boolean> {
  return (await inspectExec(parts, execId, what)).Running;
}

/** A login that may use the engine but is not root kills nothing of the engine's; another command in the container can, where the image has kill. */
async function killFromInside(
  parts: EngineParts,
  {
    containerId,
    innerPid,
    what,
    signalName,
  }: { readonly containerId: string; readonly innerPid: number; readonly what: string; readonly signalName: 'HUP' | 'KILL' },
): Promise<void> {
  const exec = await parts.calls.call({
    what,
    deadlineMs: DEADLINE_MS.exec,
    options: undefined,
    perform: (docker, abortSignal) =>
      docker.getContainer(containerId).exec({ Cmd: ['kill', `-${signalName}`, '--', `-${innerPid}`], abortSignal }),
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
