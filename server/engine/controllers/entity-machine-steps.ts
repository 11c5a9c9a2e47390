import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { removeText } from '../../domain/software/process-scripts.ts';
import type { ProcessSpec } from '../../domain/software/process-spec.ts';
import { stoppedProcess } from '../../domain/software/process-state.ts';
import { forgetHost } from '../clouds/clear-host.ts';
import { machineOf } from '../clouds/cloud-hosts.ts';
import { type HostSettings, readHostSettings } from '../clouds/cloud-settings.ts';
import { giveBackMachine } from '../clouds/give-back-machine.ts';
import { claimMachine, obtainMachine } from '../clouds/obtain-machine.ts';
import type { DesiredContainer } from '../desired-container.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import { isPortTaken, portLeaseId } from '../leases.ts';
import { runInPlace } from '../software/process-place.ts';
import { putPlannedInstance } from './entity-plan-steps.ts';
import { ownerOf, stopProcess } from './entity-process-steps.ts';
import { operate, patchInstance, runStepTask, type StepInput } from './entity-step.ts';

/** Where no machine is left, it is asked again after this: somebody may have added one. Milliseconds. */
const EXHAUSTED_RETRY_MS = 30_000;
const REMOVE_TIMEOUT_MS = 120_000;

/** What a process without a machine waits for; null when it has come a step further. */
export type MachineWait = { readonly for: string; readonly problem: string | null; readonly lookAgainAt?: number } | null;

/** A machine for a process, one step at a time: claimed by its name, obtained, reached; then its instance is planned there. */
export async function placeOnMachine(input: StepInput, desired: DesiredContainer): Promise<MachineWait> {
  const { context, entity } = input;
  const { clock, store } = context;
  if (!entity.machine) {
    const claiming = await claimMachine(context, entity, input.signal);
    return claiming.ok ? null : { for: 'a machine', problem: claiming.why, lookAgainAt: clock.now() + EXHAUSTED_RETRY_MS };
  }
  const host = machineOf(store.view, entity);
  if (!host) {
    await obtainMachine(context, entity, entity.machine);
    return null;
  }
  if (host.state !== 'ready')
    return { for: `machine: ${host.name} is ${host.state}`, problem: host.state === 'refused' ? host.reason : null };
  const lacks = lacksOf(host, readHostSettings(context, store.view, entity));
  if (lacks !== null) return { for: 'a larger machine', problem: `${host.name} is too small: ${lacks}. Delete it, or ask for less` };
  const taken = await plan(input, desired, host);
  if (taken === null) return null;
  return { for: 'a port', problem: `port ${taken} of ${host.name} is taken`, lookAgainAt: clock.now() + EXHAUSTED_RETRY_MS };
}

/** What a machine has less of than was asked for; null where it is large enough. */
function lacksOf({ facts }: Host, { minMemoryBytes = 0, minCpus = 0 }: HostSettings): string | null {
  if (facts === null) return null;
  if (facts.memoryBytes < minMemoryBytes) return `${inMebibytes(facts.memoryBytes)} of memory, ${inMebibytes(minMemoryBytes)} wanted`;
  return facts.cpus < minCpus ? `${facts.cpus} CPUs, ${minCpus} wanted` : null;
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}

/** The port that is taken there; null where nothing is in the way. */
async function plan({ context, entity }: StepInput, desired: DesiredContainer, host: Host): Promise<number | null> {
  let taken: number | null = null;
  await durableCommit('instance.plan', () =>
    context.store.commit((draft) => {
      const latest = draft.get('entity', entity.id);
      if (latest?.goal !== 'running' || latest.instanceId !== null) return;
      const ports = desired.spec.ports.map(({ container, protocol }) => ({ container, host: container, protocol }));
      const now = context.clock.now();
      taken = ports.find((port) => isPortTaken(draft, portLeaseId(host.id, port), { ownerId: null, now }))?.host ?? null;
      if (taken !== null) return;
      putPlannedInstance(draft, context, { entity: latest, desired, hostId: host.id, ports, decisionId: null });
    }),
  );
  return taken;
}

/** A process is begun, or taken up again, on its machine: there is no container to make. */
export async function startOnMachine({ context, entity }: StepInput, instance: Instance): Promise<void> {
  await durableCommit('instance.start', () =>
    context.store.commit((draft) => {
      const latest = draft.get('instance', instance.id);
      const owner = draft.get('entity', entity.id);
      if (!latest?.process || !owner || latest.state === 'running') return;
      const isAgain = latest.state === 'exited';
      draft.put('instance', {
        ...latest,
        ...{ state: 'running', ready: false, stoppingSince: null, startedAt: context.clock.now(), restartSerial: entity.restartSerial },
        process: isAgain ? stoppedProcess(latest.process) : latest.process,
        liveHash: null,
      });
      draft.put('entity', { ...owner, waitingFor: null });
    }),
  );
}

/** The process ends; its machine stays. */
export async function stopOnMachine(input: StepInput, instance: Instance): Promise<void> {
  const { context } = input;
  await durableStep({
    name: 'instance.stop',
    intend: async () => {
      if (instance.stoppingSince !== null) return;
      await context.store.commit((draft) => patchInstance(draft, instance.id, { stoppingSince: context.clock.now() }));
    },
    act: () => stopProcess(input, instance),
    record: () =>
      context.store.commit((draft) => {
        const latest = draft.get('instance', instance.id);
        if (latest?.state !== 'running' || !latest.process) return;
        const stoppingSince = latest.stoppingSince ?? context.clock.now();
        draft.put('instance', { ...latest, state: 'exited', ready: false, stoppingSince, process: stoppedProcess(latest.process) });
      }),
  });
}

/** Takes the folders away that it made, but for those that a later instance of the same process has. */
export async function removeFromMachine(input: StepInput, instance: Instance): Promise<void> {
  const { context, signal } = input;
  const process = instance.spec.process as ProcessSpec;
  const others = context.store.view.instancesOf(instance.entityId).filter(({ id, state }) => id !== instance.id && state !== 'removing');
  const kept = new Set(others.flatMap(({ spec }) => (spec.process ? [spec.process.place.runDir, spec.process.place.installDir] : [])));
  const { runDir, installDir } = process.place;
  const place = {
    ...process.place,
    runDir: kept.has(runDir) ? '/nonexistent' : runDir,
    installDir: kept.has(installDir) ? '/nonexistent' : installDir,
  };
  const text = removeText(place, ownerOf(context, instance.entityId));
  await runStepTask(input, { name: 'Remove files of the process', hostId: instance.hostId }, () =>
    operate(input, instance, async (session) => {
      const { code, stderr } = await runInPlace(session, instance, text, { timeoutMs: REMOVE_TIMEOUT_MS, signal });
      if (code !== 0)
        throw new ClockerError('process.failed', { message: `Its folders cannot be removed: ${stderr.trim()}`, retryable: true });
    }),
  );
}

/** Its machine goes back to where it came from. */
export async function releaseMachine({ context, entity }: StepInput): Promise<void> {
  const { machine: claim } = entity;
  if (!claim) return;
  const host = machineOf(context.store.view, entity);
  if (host) await forgetHost(context, host);
  await giveBackMachine(context, entity, { claim, by: 'entity' });
}
