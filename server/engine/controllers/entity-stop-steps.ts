import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { isClockerError } from '../../domain/shared/clocker-error.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import { dropInstance } from '../drop-instance.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';
import { removeOwnContainer } from '../hosts/remove-own-container.ts';
import { removeFromMachine, stopOnMachine } from './entity-machine-steps.ts';
import { stopProcess } from './entity-process-steps.ts';
import { operate, patchInstance, runStepTask, type StepInput } from './entity-step.ts';

/** Load balancers drop it from now on; it is stopped when they have. */
export async function drain({ context }: StepInput, instance: Instance): Promise<void> {
  await durableCommit('instance.drain', () =>
    context.store.commit((draft) => patchInstance(draft, instance.id, { stoppingSince: context.clock.now() })),
  );
}

/** It is to serve after all. */
export async function keep({ context }: StepInput, instance: Instance): Promise<void> {
  await context.store.commit((draft) => patchInstance(draft, instance.id, { stoppingSince: null }));
}

/** SIGTERM, and SIGKILL after the spec's time. The container stays. */
export async function stopInstance(input: StepInput, instance: Instance): Promise<void> {
  if (isOnMachine(instance)) return await stopOnMachine(input, instance);
  const { context } = input;
  await durableStep({
    name: 'instance.stop',
    intend: async () => {
      if (instance.stoppingSince === null) await drain(input, instance);
    },
    act: async () => {
      if (instance.process && instance.state === 'running') await stopSoftly(input, instance);
      return await runStepTask(input, { name: 'Stop container', hostId: instance.hostId }, () => stop(input, instance));
    },
    record: (exitCode) =>
      context.store.commit((draft) => {
        const latest = draft.get('instance', instance.id);
        if (latest?.state === 'running' || latest?.state === 'exited') {
          const stoppingSince = latest.stoppingSince ?? context.clock.now();
          draft.put('instance', { ...latest, state: 'exited', ready: false, exitCode, stoppingSince });
        }
      }),
  });
}

/** The container ends all the same: what its commands cannot end goes with it. */
async function stopSoftly(input: StepInput, instance: Instance): Promise<void> {
  try {
    await stopProcess(input, instance);
  } catch (error) {
    if (!isClockerError(error) || error.code !== 'process.failed') throw error;
  }
}

async function stop(input: StepInput, instance: Instance): Promise<number | null> {
  const id = containerKey(instance);
  const { signal } = input;
  return await operate(input, instance, async ({ engine }) => {
    if (instance.adopted && (await engine.inspectContainer(id, { signal }))?.id !== id) return null;
    await engine.stopContainer(id, { timeoutS: instance.spec.stopTimeoutS, signal });
    const found = await engine.inspectContainer(id, { signal });
    return found?.exitCode ?? null;
  });
}

/** Removes the container, whatever its state, then the row and what it holds. Nothing that is not ours is touched. */
export async function removeInstance(input: StepInput, instance: Instance): Promise<void> {
  await durableStep({
    name: 'instance.remove',
    intend: () => intendRemoval(input, instance),
    act: () =>
      isOnMachine(instance)
        ? removeFromMachine(input, instance)
        : runStepTask(input, { name: 'Remove container', hostId: instance.hostId }, () => remove(input, instance)),
    record: () => forgetInstance(input, instance),
  });
}

/** Docker reports the removal as a death: the row says first that it is meant. */
async function intendRemoval({ context }: StepInput, instance: Instance): Promise<void> {
  if (instance.state === 'removing') return;
  await context.store.commit((draft) => patchInstance(draft, instance.id, { state: 'removing', ready: false }));
}

async function remove(input: StepInput, instance: Instance): Promise<void> {
  const { context, signal } = input;
  await operate(input, instance, async ({ engine }) => {
    await removeOwnContainer(engine, instance, { check: ownershipCheck(context.secrets), signal });
  });
}

/** Deletes the row and gives its ports back. The container, if any is left, is removed as surplus when its host comes back. */
export async function forgetInstance({ context, memory }: StepInput, instance: Instance): Promise<void> {
  memory.forgetInstance(instance.id);
  await context.store.commit((draft) => dropInstance(draft, instance, context.clock.now()));
}
