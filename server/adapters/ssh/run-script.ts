import type { ClientChannel } from 'ssh2';
import { ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HostTarget, ScriptOptions, ScriptResult } from '../../ports/host-session.ts';
import { discard } from './channel-socket.ts';
import { toRefusedChannel } from './ssh-errors.ts';
import type { SshLink } from './ssh-link.ts';

const OPEN_TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;
/** What the script has left running may hold its streams: no more is waited for than this after it ended. */
const DRAIN_MS = 250;

export interface ScriptPlace {
  readonly link: SshLink;
  readonly target: HostTarget;
  readonly clock: Clock;
}

/** One script in a channel of its own. sshd opens ten at a time unless told otherwise, the held shell among them. */
export async function runScript(place: ScriptPlace, script: string, options: ScriptOptions): Promise<ScriptResult> {
  await place.link.ready();
  const channel = await open(place);
  try {
    return await exchange(place, channel, { script, options });
  } finally {
    discard(channel);
  }
}

async function open({ link, target }: ScriptPlace): Promise<ClientChannel> {
  try {
    return await link.open((client, answer) => client.exec('exec sh -s', answer), OPEN_TIMEOUT_MS);
  } catch (error) {
    throw isClockerError(error) ? error : toRefusedChannel(target, error);
  }
}

interface Exchange {
  readonly script: string;
  readonly options: ScriptOptions;
}

function exchange({ link, target, clock }: ScriptPlace, channel: ClientChannel, { script, options }: Exchange): Promise<ScriptResult> {
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const room = { stdout: MAX_OUTPUT_BYTES, stderr: MAX_OUTPUT_BYTES };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  return new Promise((resolve, reject) => {
    let code: number | null = null;
    let cancelDrain: (() => void) | undefined;
    const settle = (end: () => void): void => {
      cancelDrain?.();
      stop();
      stopListening();
      options.signal?.removeEventListener('abort', onAbort);
      end();
    };
    const fail = (error: ClockerError): void => settle(() => reject(error));
    const finish = (): void => {
      if (code === null) {
        fail(new ClockerError('host.lost', { message: `A script on ${target.name} ended untold`, retryable: true }));
        return;
      }
      const { stdout, stderr } = kept;
      const result = { code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') };
      settle(() => resolve(result));
    };
    const take = (stream: 'stdout' | 'stderr', bytes: Buffer): void => {
      options.onOutput?.(stream, decoders[stream].decode(bytes, { stream: true }));
      const piece = bytes.subarray(0, room[stream]);
      room[stream] -= piece.length;
      if (piece.length > 0) kept[stream].push(piece);
    };
    const onAbort = (): void => fail(new ClockerError('cancelled', { message: `A script on ${target.name} was cancelled` }));
    const stop = clock.after(options.timeoutMs, () =>
      fail(
        new ClockerError('deadline', { message: `A script on ${target.name} did not end within ${options.timeoutMs} ms`, retryable: true }),
      ),
    );
    const stopListening = link.onDown(fail);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    channel.on('data', (bytes: Buffer) => take('stdout', bytes));
    channel.stderr.on('data', (bytes: Buffer) => take('stderr', bytes));
    channel.on('error', () => undefined);
    channel.on('exit', (exitCode: number | null) => {
      code = exitCode ?? 255;
      cancelDrain = clock.after(DRAIN_MS, finish);
    });
    channel.on('close', finish);
    if (options.signal?.aborted) return onAbort();
    channel.end(script);
  });
}
