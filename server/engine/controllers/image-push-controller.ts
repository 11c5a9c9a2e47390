import type { HostImage } from '../../domain/entity/host-image.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { isHostAway, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import { durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { pushAs } from '../registry-login.ts';

/** What cannot be pushed in this time is given up. */
const PUSH_LIMIT_MS = 5 * 60_000;
const CAUSE: TaskCause = { kind: 'controller', by: 'image' };

/**
 * Pushes built images for the other hosts (key `image:<id of its record>`), beside what starts of them. What cannot be pushed runs all the
 * same: the task tells why, and other hosts build their own. What a crash or a lost host has broken off is pushed again.
 */
export function registerImagePushController(context: EngineContext): void {
  const { store, queue, hosts } = context;
  queue.register('image', async (id, signal) => {
    const image = store.view.get('image', id);
    const session = image?.unpushed === undefined ? undefined : hosts.ready(image.hostId);
    if (image?.unpushed === undefined || !session) return;
    const work = { image, reference: image.unpushed, engine: session.engine, signal };
    await durableStep({ name: 'image.push', act: () => push(context, work), record: () => endPush(context, image) });
  });
}

interface Work {
  readonly image: HostImage;
  readonly reference: string;
  readonly engine: DockerEngine;
  readonly signal: AbortSignal;
}

async function push(context: EngineContext, { image, reference, engine, signal }: Work): Promise<void> {
  const limit = AbortSignal.timeout(PUSH_LIMIT_MS);
  try {
    await context.tasks.run({ name: `Push ${reference}`, hostId: image.hostId, cause: CAUSE }, async (task) => {
      await pushAs(context, engine, { image: image.name, reference, signal: AbortSignal.any([signal, task.signal, limit]) });
    });
  } catch (error) {
    if (signal.aborted || isHostAway(toClockerError(error))) throw error;
  }
}

async function endPush({ store }: EngineContext, { id }: HostImage): Promise<void> {
  await store.commit((draft) => {
    const latest = draft.get('image', id);
    if (!latest) return;
    const { unpushed: _, ...image } = latest;
    draft.put('image', image);
  });
}
