import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import { ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HostShell, HostTarget, ShellResult } from '../../ports/host-session.ts';
import { discard } from './channel-socket.ts';
import { quoteWord, toExports } from './quote-shell.ts';
import { toRefusedChannel } from './ssh-errors.ts';
import type { SshLink } from './ssh-link.ts';

/** Opening a session starts processes on the host, which takes long when it is busy; to begin anew would make it busier. */
const OPEN_TIMEOUT_MS = 30_000;
/** After its deadline a script is killed on the host; the shell that says so in this time is kept. */
const GRACE_MS = 10_000;
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;
const KILLED = 137;

export interface HeldShellOptions {
  readonly link: SshLink;
  readonly target: HostTarget;
  readonly clock: Clock;
}

type RunOptions = Parameters<HostShell['run']>[1];

/**
 * One `sh` on the host, opened at the first use and again after it died. Each script runs in a process of its own, one at a time.
 * A caller is answered at its deadline, whatever it waits for; what was begun for it goes on, and the next script finds it done.
 */
export class HeldShell implements HostShell {
  readonly #options: HeldShellOptions;
  #channel: ClientChannel | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: HeldShellOptions) {
    this.#options = options;
    options.link.onDown(() => {
      this.#channel = undefined;
    });
  }

  run(script: string, options: RunOptions): Promise<ShellResult> {
    return new Promise((resolve, reject) => {
      const caller = { ...this.#limit(options.timeoutMs, reject), resolve, reject };
      this.#queue = this.#queue
        .then(() => this.#runNow(script, options, caller))
        .catch(reject)
        .finally(caller.release);
    });
  }

  #limit(timeoutMs: number, reject: Caller['reject']): Pick<Caller, 'isLate' | 'begins' | 'release'> {
    let late = false;
    let begun = false;
    const release = this.#options.clock.after(timeoutMs, () => {
      late = true;
      reject(begun ? this.#overdue(timeoutMs) : this.#busy(timeoutMs));
    });
    return {
      release,
      isLate: () => late,
      begins: () => {
        begun = true;
      },
    };
  }

  close(): void {
    if (this.#channel) discard(this.#channel);
    this.#channel = undefined;
  }

  async #runNow(script: string, options: RunOptions, caller: Caller): Promise<void> {
    const seconds = Math.max(1, Math.ceil(options.timeoutMs / 1_000));
    const command = `( ${toExports(options.env ?? {})}exec timeout -s KILL ${seconds} sh -c ${quoteWord(script)} ) </dev/null 2>&1`;
    const channel = await this.#shell();
    if (caller.isLate()) return;
    caller.begins();
    const startedAt = this.#options.clock.now();
    try {
      const result = await this.#exchange(channel, command, { patienceMs: seconds * 1_000 + GRACE_MS, onOutput: options.onOutput });
      const wasKilled = result.code === KILLED && this.#options.clock.now() - startedAt >= seconds * 1_000 - 50;
      if (wasKilled) caller.reject(this.#overdue(options.timeoutMs));
      else caller.resolve(result);
    } catch (error) {
      this.#drop(channel);
      caller.reject(error);
    }
  }

  async #shell(): Promise<ClientChannel> {
    await this.#options.link.ready();
    if (this.#channel) return this.#channel;
    const channel = await this.#open();
    channel.on('close', () => this.#drop(channel));
    channel.stderr.resume();
    this.#channel = channel;
    try {
      // What a login script printed is read here, and not taken for the first answer.
      await this.#exchange(channel, ':', { patienceMs: OPEN_TIMEOUT_MS });
    } catch (error) {
      this.#drop(channel);
      throw error;
    }
    return channel;
  }

  async #open(): Promise<ClientChannel> {
    try {
      return await this.#options.link.open((client, answer) => client.exec('exec sh', answer), OPEN_TIMEOUT_MS);
    } catch (error) {
      throw isClockerError(error) ? error : toRefusedChannel(this.#options.target, error);
    }
  }

  /** Sends one command and reads up to the mark that follows its output; the mark is new each time, so no output can contain it. */
  #exchange(
    channel: ClientChannel,
    command: string,
    { patienceMs, onOutput }: { readonly patienceMs: number; readonly onOutput?: RunOptions['onOutput'] },
  ): Promise<ShellResult> {
    const mark = randomBytes(12).toString('hex');
    const { link, clock, target } = this.#options;
    return new Promise((resolve, reject) => {
      let output = Buffer.alloc(0);
      let told = 0;
      const tell = (end: number): void => {
        if (onOutput && end > told) onOutput(output.toString('utf8', told, end));
        told = Math.max(told, end);
      };
      const settle = (): void => {
        stop();
        stopListening();
        channel.off('data', onData);
        channel.off('exit', onClose);
        channel.off('close', onClose);
      };
      const fail = (error: ClockerError): void => {
        settle();
        reject(error);
      };
      const onData = (bytes: Buffer): void => {
        const from = Math.max(0, output.length - mark.length - 8);
        output = Buffer.concat([output, bytes]);
        const at = output.indexOf(`\n${mark} `, from);
        const end = at < 0 ? -1 : output.indexOf('\n', at + 1);
        if (end >= 0) {
          settle();
          tell(at);
          const code = Number.parseInt(output.toString('latin1', at + mark.length + 2, end), 10);
          resolve({ output: output.toString('utf8', 0, at), code });
        } else if (output.length <= MAX_OUTPUT_BYTES) {
          // What may be the beginning of the mark is held back.
          tell(output.lastIndexOf('\n', Math.max(0, output.length - mark.length - 2)) + 1);
        } else {
          fail(died(`A script on ${target.name} printed more than ${MAX_OUTPUT_BYTES} bytes`));
        }
      };
      const onClose = (): void => fail(died(`The shell on ${target.name} ended before the script did`));
      const stop = clock.after(patienceMs, () => fail(died(`The shell on ${target.name} did not answer in ${patienceMs} ms`)));
      const stopListening = link.onDown(fail);
      channel.on('data', onData);
      // The channel itself stays open as long as anything the shell started holds it.
      channel.on('exit', onClose);
      channel.on('close', onClose);
      channel.write(`${command}; printf '\\n${mark} %d\\n' $?\n`);
    });
  }

  #drop(channel: ClientChannel): void {
    if (this.#channel === channel) this.#channel = undefined;
    discard(channel);
  }

  #busy(timeoutMs: number): ClockerError {
    return new ClockerError('deadline', {
      message: `The shell on ${this.#options.target.name} took no script within ${timeoutMs} ms`,
      hint: 'The host may be very busy.',
      retryable: true,
    });
  }

  #overdue(timeoutMs: number): ClockerError {
    return new ClockerError('deadline', {
      message: `A script on ${this.#options.target.name} did not end within ${timeoutMs} ms and was killed`,
      retryable: true,
    });
  }
}

interface Caller {
  /** Its deadline has passed. */
  readonly isLate: () => boolean;
  /** Its script runs from now on. */
  readonly begins: () => void;
  readonly release: () => void;
  readonly resolve: (result: ShellResult) => void;
  readonly reject: (error: unknown) => void;
}

function died(message: string): ClockerError {
  return new ClockerError('host.shell-died', { message, hint: 'A new shell is opened by the next call.', retryable: true });
}
