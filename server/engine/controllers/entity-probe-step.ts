import type { ReadinessProbe } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import { quoted } from '../../domain/software/shell-text.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { durableCommit } from '../durable-step.ts';
import { HTTP_PROBE_SCRIPT, LISTENERS_SCRIPT, listensOn } from './entity-probe-scripts.ts';
import { operate, patchInstance, type StepInput } from './entity-step.ts';

const PROBE_TIMEOUT_MS = 5_000;
const SOONEST_MS = 100;
const LATEST_MS = 2_000;

/** Asks once whether the container serves, records a yes, and says when to ask again after a no. */
export async function probe(input: StepInput, instance: Instance): Promise<void> {
  const { context, memory, resolution } = input;
  const isReady = resolution.kind !== 'resolved' || (await passes(input, instance, resolution.probe));
  const now = context.clock.now();
  if (isReady) {
    memory.probeAt.delete(instance.id);
    await durableCommit('instance.ready', () =>
      context.store.commit((draft) => {
        if (draft.get('instance', instance.id)?.state === 'running') patchInstance(draft, instance.id, { ready: true });
      }),
    );
    return;
  }
  const age = now - (instance.startedAt ?? now);
  memory.probeAt.set(instance.id, now + Math.min(LATEST_MS, Math.max(SOONEST_MS, age / 4)));
}

export async function passes(input: StepInput, instance: Instance, readiness: ReadinessProbe): Promise<boolean> {
  const { context, signal } = input;
  const id = containerKey(instance);
  switch (readiness.kind) {
    case 'running':
      return true;
    case 'healthcheck': {
      const found = await operate(input, instance, ({ engine }) => engine.inspectContainer(id, { signal }));
      return found?.status === 'running' && (found.health === 'healthy' || found.health === 'none');
    }
    case 'tcp':
      return await operate(input, instance, (session) => isListening(input, session, { instance, port: readiness.containerPort }));
    case 'http': {
      const address = context.store.view.get('host', instance.hostId)?.address;
      const port = instance.ports.find((binding) => binding.container === readiness.containerPort)?.host;
      if (!address || port === undefined) return false;
      return await operate(input, instance, (session) =>
        answersHttp(session, { port, path: readiness.path, below: readiness.below ?? 400 }),
      );
    }
    case 'exec': {
      const options = { timeoutMs: PROBE_TIMEOUT_MS, signal };
      const result = await context.secretTexts.reveal(readiness.argv, (argv) =>
        operate(input, instance, ({ engine, script }) =>
          isOnMachine(instance) ? script(argv.map(quoted).join(' '), options) : engine.exec(id, { argv, ...options }),
        ),
      );
      return result.code === 0;
    }
  }
}

/** Docker's proxy accepts connections before the container listens, so the container's own list of sockets is read. */
async function isListening(
  { memory, signal }: StepInput,
  { engine, shell }: HostSession,
  { instance, port }: { readonly instance: Instance; readonly port: number },
): Promise<boolean> {
  const id = containerKey(instance);
  const inContainer = async (): Promise<number | null | undefined> => (await engine.inspectContainer(id, { signal }))?.pid;
  const pid = isOnMachine(instance) ? 'self' : (memory.pids.get(instance.id) ?? (await inContainer()));
  if (!pid) return false;
  const result = await shell.run(LISTENERS_SCRIPT, { env: { CK_PID: String(pid) }, timeoutMs: PROBE_TIMEOUT_MS });
  const listens = listensOn(result.output, port);
  // It may have been started by others since: the next look asks anew.
  if (!listens) memory.pids.delete(instance.id);
  return listens;
}

interface Asking {
  readonly port: number;
  readonly path: string;
  readonly below: number;
}

async function answersHttp({ shell }: HostSession, { port, path, below }: Asking): Promise<boolean> {
  const env = { CK_PORT: String(port), CK_PATH: path };
  const result = await shell.run(HTTP_PROBE_SCRIPT, { env, timeoutMs: PROBE_TIMEOUT_MS });
  const status = Number(/\b([1-5][0-9][0-9])\b/.exec(result.output)?.[1] ?? 0);
  return status >= 200 && status < below;
}
