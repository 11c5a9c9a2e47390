import type { Instance } from '../../domain/entity/instance.ts';
import { DRAIN_LIMIT_MS } from '../../domain/entity/next-step.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { InstanceId } from '../../domain/shared/ids.ts';
import type { DesiredLiveFiles } from '../desired-container.ts';
import { durableStep } from '../durable-step.ts';
import { operate, patchInstance, runStepTask, type StepInput } from './entity-step.ts';
import { livePlaceOf } from './live-place.ts';
import { readWorkers, untilEnded, untilTakenUp } from './reload-workers.ts';

/**
 * Rewrites the live files of a running container (a load balancer's servers), checks them, and has them taken up. What it serves no
 * more is drained: it counts as served until the workers that had connections to it have ended.
 */
export async function reload(input: StepInput, instance: Instance): Promise<void> {
  const { context, memory, resolution } = input;
  const live = resolution.kind === 'resolved' ? resolution.live : null;
  if (!live) return;
  const dropped = instance.serves.filter((id) => !live.serves.includes(id));
  await durableStep({
    name: 'instance.reload',
    // From here on nobody can tell what the container has: should this be cut short, also the list that was recorded is written anew.
    intend: () => context.store.commit((draft) => patchInstance(draft, instance.id, { liveHash: null })),
    act: async () => {
      const old = await runStepTask(input, { name: 'Reload servers', hostId: instance.hostId }, () => rewrite(input, instance, live));
      for (const id of dropped) memory.draining.add(id);
      return old;
    },
    record: async (old) => {
      await context.store.commit((draft) => patchInstance(draft, instance.id, { liveHash: live.hash, serves: live.serves }));
      if (dropped.length > 0) void drainConnections(input, instance, { dropped, old });
    },
  });
}

/** Gives the workers that there were before. */
async function rewrite(input: StepInput, instance: Instance, live: DesiredLiveFiles): Promise<ReadonlySet<string>> {
  const { signal } = input;
  return await operate(input, instance, async (session) => {
    const place = livePlaceOf(input, instance, session);
    await input.context.secretTexts.reveal(live.files, (files) => place.write(files));
    if (live.check) {
      const result = await place.run(live.check);
      if (result.code !== 0) throw refused(result.stderr || result.stdout);
    }
    const pid = await place.pid();
    input.memory.pids.set(instance.id, pid);
    const workers = { shell: session.shell, pid, pause: (ms: number) => pause(input, ms), signal };
    const old = await readWorkers(workers);
    await place.signal(live.reloadSignal, pid);
    await untilTakenUp(workers, old);
    return old;
  });
}

interface Dropped {
  readonly dropped: readonly InstanceId[];
  /** Workers that may have connections to them. */
  readonly old: ReadonlySet<string>;
}

/** Goes on beside the queue: connections may last for seconds. Never rejects. */
async function drainConnections({ context, memory, signal }: StepInput, balancer: Instance, { dropped, old }: Dropped): Promise<void> {
  const session = context.hosts.ready(balancer.hostId);
  const pid = memory.pids.get(balancer.id);
  if (session && pid !== undefined && old.size > 0) {
    const workers = { shell: session.shell, pid, pause: (ms: number) => pause({ context }, ms), signal };
    await untilEnded(workers, old, DRAIN_LIMIT_MS);
  }
  for (const id of dropped) {
    memory.draining.delete(id);
    const instance = context.store.view.get('instance', id);
    if (!instance) continue;
    memory.droppedAt.set(id, context.clock.now());
    context.queue.enqueue(`entity:${instance.entityId}`, 'user');
  }
}

function pause({ context }: Pick<StepInput, 'context'>, ms: number): Promise<void> {
  return new Promise((resolve) => void context.clock.after(ms, resolve));
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
        operate(input, instance, ({ engine }) => engine.updateLimits(containerKey(instance), { memoryBytes, cpus }, { signal })),
      ),
    record: () =>
      context.store.commit((draft) => {
        const latest = draft.get('instance', instance.id);
        if (latest) draft.put('instance', { ...latest, spec: { ...latest.spec, memoryBytes, cpus } });
      }),
  });
}
