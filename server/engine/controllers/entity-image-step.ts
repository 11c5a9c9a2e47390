import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { pullPolicyOf } from '../config-of.ts';
import { durableStep } from '../durable-step.ts';
import { imageKey } from './entity-images.ts';
import { runStepTask, type StepInput } from './entity-step.ts';

/** Sees to it that the image is on the host. What is there already is used without asking the registry, unless the pull policy wants it. */
export async function ensureImage(input: StepInput, instance: Instance, spec: ContainerSpec): Promise<void> {
  const { context, memory, entity } = input;
  const { hostId } = instance;
  const policy = pullPolicyOf(entity, { view: context.store.view, types: context.plugins.entityTypes });
  await memory.images.ensure({ hostId, image: imageKey(spec), now: context.clock.now() }, async () => {
    const session = requireSession(input, instance);
    const { signal } = input;
    if (policy !== 'always' && (await session.engine.imageExists(spec.image, { signal, platform: spec.options?.platform }))) return;
    if (policy === 'never') throw notThere(input, instance, spec);
    await durableStep({
      name: 'image.pull',
      act: () => pull(input, session, { hostId, spec }),
      record: () => Promise.resolve(),
    });
  });
  memory.pulledFor.add(instance.id);
}

/** The image of the next incarnation, before the present one is stopped. */
export async function prefetchImage(input: StepInput, instance: Instance): Promise<void> {
  if (input.resolution.kind === 'resolved') await ensureImage(input, instance, input.resolution.spec);
}

interface Pull {
  readonly hostId: HostId;
  readonly spec: ContainerSpec;
}

async function pull(input: StepInput, session: HostSession, { hostId, spec }: Pull): Promise<void> {
  const { image, options } = spec;
  await runStepTask(input, { name: `Pull ${image}`, hostId }, async (task) => {
    const signal = AbortSignal.any([input.signal, task.signal]);
    await session.engine.pullImage(image, { signal, platform: options?.platform, onProgress: (progress) => task.progress(progress) });
  });
}

function notThere({ context }: StepInput, { hostId }: Instance, { image }: ContainerSpec): ClockerError {
  const name = context.store.view.get('host', hostId)?.name ?? hostId;
  return new ClockerError('image.not-found', {
    message: `There is no image ${image} on ${name}, and its pull policy is never`,
    hint: 'Load the image there, or let docker.image.pullPolicy be missing.',
  });
}

/** Pulls take long and mostly wait for the network, so they take no place in the host's queue of operations. */
function requireSession({ context }: StepInput, { hostId }: Instance): HostSession {
  const session = context.hosts.ready(hostId);
  if (session) return session;
  const name = context.store.view.get('host', hostId)?.name ?? hostId;
  throw new ClockerError('host.unreachable', { message: `Cannot pull on ${name}: it is not ready`, retryable: true });
}
