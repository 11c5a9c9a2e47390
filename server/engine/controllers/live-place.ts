import type { FileSpec } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { WITH_SBIN } from '../../domain/software/debian-packages.ts';
import { checkText, writeText } from '../../domain/software/process-scripts.ts';
import type { ProcessSpec } from '../../domain/software/process-spec.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import { quoted } from '../../domain/software/shell-text.ts';
import type { HostSession, ScriptResult } from '../../ports/host-session.ts';
import { ownerOf } from './entity-process-steps.ts';
import type { StepInput } from './entity-step.ts';

const TIMEOUT_MS = 10_000;
const SIGNAL_SCRIPT = 'kill -s "$CK_SIGNAL" "$CK_PID"';

/** Where something runs whose files are rewritten meanwhile. */
export interface LivePlace {
  write(files: readonly FileSpec[]): Promise<void>;
  run(argv: readonly string[]): Promise<ScriptResult>;
  /** Of the process that takes signals, on its host; 0 where none runs. */
  pid(): Promise<number>;
  /** @param signalName with its SIG */
  signal(signalName: string, pid: number): Promise<void>;
}

export function livePlaceOf(input: StepInput, instance: Instance, session: HostSession): LivePlace {
  const process = instance.spec.process;
  return process && isOnMachine(instance) ? onMachine(input, instance, { session, process }) : inContainer(input, instance, session);
}

function inContainer({ signal }: StepInput, instance: Instance, { engine }: HostSession): LivePlace {
  const id = containerKey(instance);
  return {
    write: (files) => engine.writeFiles(id, files, { signal }),
    run: (argv) => engine.exec(id, { argv, timeoutMs: TIMEOUT_MS, signal }),
    pid: async () => (await engine.inspectContainer(id, { signal }))?.pid ?? 0,
    signal: (signalName) => engine.killContainer(id, { signalName, signal }),
  };
}

interface OnMachine {
  readonly session: HostSession;
  readonly process: ProcessSpec;
}

function onMachine({ context, signal }: StepInput, { entityId }: Instance, { session, process }: OnMachine): LivePlace {
  const options = { timeoutMs: TIMEOUT_MS, signal };
  return {
    async write(files) {
      const { code, stderr } = await session.script(writeText(files, { place: process.place, owner: ownerOf(context, entityId) }), options);
      if (code !== 0)
        throw new ClockerError('process.failed', { message: `Its files cannot be written: ${stderr.trim()}`, retryable: true });
    },
    run: (argv) => session.script(`${WITH_SBIN}\n${argv.map(quoted).join(' ')}\n`, options),
    async pid() {
      const { code, stdout } = await context.secretTexts.reveal(process, (whole) => session.script(checkText(whole), options));
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      return code === 0 && /^\d+$/.test(last) ? Number(last) : 0;
    },
    async signal(signalName, pid) {
      // The number 0 would be the shell itself, with all that runs beside it.
      if (pid <= 0) throw new ClockerError('process.failed', { message: 'It takes no signal: it does not run', retryable: true });
      const env = { CK_SIGNAL: signalName.replace(/^SIG/, ''), CK_PID: String(pid) };
      const { code, output } = await session.shell.run(SIGNAL_SCRIPT, { env, timeoutMs: TIMEOUT_MS });
      if (code !== 0) throw new ClockerError('process.failed', { message: `It takes no signal: ${output.trim()}`, retryable: true });
    },
  };
}
