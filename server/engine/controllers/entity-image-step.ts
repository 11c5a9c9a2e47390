import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { durableStep } from '../durable-step.ts';
import { runStepTask, type StepInput } from './entity-step.ts';

/** Sees to it that the image is on the host. What is there already is used without asking the registry. */
export async function ensureImage(input: StepInput, instance: Instance, image: string): Promise<void> {
  const { context, memory } = input;
  const { hostId } = instance;
  await memory.images.ensure({ hostId, image, now: context.clock.now() }, async () => {
    const session = requireSession(input, instance);
    if (await session.engine.imageExists(image, { signal: input.signal })) return;
    await durableStep({
      name: 'image.pull',
      act: () => pull(input, session, { hostId, image }),
      record: () => Promise.resolve(),
    });
  });
}

/** The image of the next incarnation, before the present one is stopped. */
export async function prefetchImage(input: StepInput, instance: Instance): Promise<void> {
  if (input.resolution.kind === 'resolved') await ensureImage(input, instance, input.resolution.spec.image);
}

interface Pull {
  readonly hostId: HostId;
  readonly image: string;
}

async function pull(input: StepInput, session: HostSession, { hostId, image }: Pull): Promise<void> {
  await runStepTask(input, { name: `Pull ${image}`, hostId }, async (task) => {
    const signal = AbortSignal.any([input.signal, task.signal]);
    await session.engine.pullImage(image, { signal, onProgress: (progress) => task.progress(progress) });
  });
}

/** Pulls take long and mostly wait for the network, so they take no place in the host's queue of operations. */
function requireSession({ context }: StepInput, { hostId }: Instance): HostSession {
  const session = context.hosts.ready(hostId);
  if (session) return session;
  const name = context.store.view.get('host', hostId)?.name ?? hostId;
  throw new ClockerError('host.unreachable', { message: `Cannot pull on ${name}: it is not ready`, retryable: true });
}
