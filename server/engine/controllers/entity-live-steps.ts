import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { DesiredLiveFiles } from '../desired-container.ts';
import { durableStep } from '../durable-step.ts';
import { operate, patchInstance, runStepTask, type StepInput } from './entity-step.ts';

const CHECK_TIMEOUT_MS = 10_000;

/** Rewrites the live files of a running container (a load balancer's servers), checks them, and has them taken up. */
export async function reload(input: StepInput, instance: Instance): Promise<void> {
  const { context, memory, resolution } = input;
  const live = resolution.kind === 'resolved' ? resolution.live : null;
  if (!live) return;
  await durableStep({
    name: 'instance.reload',
    act: () => runStepTask(input, { name: 'Reload servers', hostId: instance.hostId }, () => rewrite(input, instance, live)),
    record: () => context.store.commit((draft) => patchInstance(draft, instance.id, { liveHash: live.hash, serves: live.serves })),
  });
  const now = context.clock.now();
  const dropped = instance.serves.filter((id) => !live.serves.includes(id));
  for (const id of dropped) memory.droppedAt.set(id, now);
}

async function rewrite(input: StepInput, instance: Instance, live: DesiredLiveFiles): Promise<void> {
  const id = instance.containerId ?? instance.containerName;
  const { signal } = input;
  await operate(input, instance, async ({ engine }) => {
    await engine.writeFiles(id, live.files, { signal });
    if (live.check) {
      const result = await engine.exec(id, { argv: live.check, timeoutMs: CHECK_TIMEOUT_MS, signal });
      if (result.code !== 0) throw refused(result.stderr || result.stdout);
    }
    await engine.killContainer(id, { signalName: live.reloadSignal, signal });
  });
}

function refused(output: string): ClockerError {
  return new ClockerError('input.invalid', {
    message: `The new server list does not pass its check: ${output.trim().slice(0, 500)}`,
    hint: 'The load balancer goes on with the list it has. Check its config in the blueprint.',
  });
}

/** Memory and CPU limits of a running container, changed in place. */
export async function updateLimits(input: StepInput, instance: Instance): Promise<void> {
  const { context, resolution, signal } = input;
  if (resolution.kind !== 'resolved') return;
  const { memoryBytes, cpus } = resolution.spec;
  await durableStep({
    name: 'instance.limits',
    act: () =>
      runStepTask(input, { name: 'Change limits', hostId: instance.hostId }, () =>
        operate(input, instance, ({ engine }) =>
          engine.updateLimits(instance.containerId ?? instance.containerName, { memoryBytes, cpus }, { signal }),
        ),
      ),
    record: () =>
      context.store.commit((draft) => {
        const latest = draft.get('instance', instance.id);
        if (latest) draft.put('instance', { ...latest, spec: { ...latest.spec, memoryBytes, cpus } });
      }),
  });
}
