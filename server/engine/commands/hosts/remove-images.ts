import { hostImageId } from '../../../domain/entity/host-image.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError, toClockerError } from '../../../domain/shared/clocker-error.ts';
import type { HostId } from '../../../domain/shared/ids.ts';
import { durableStep } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { type BuildLeftover, buildLeftovers, imagesOfHost } from '../../hosts/images-of-host.ts';
import { notFound } from './require-valid.ts';

export interface RemovedImages {
  readonly removed: readonly string[];
  /** What stayed, and why. */
  readonly kept: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Removes images that Clocker has brought to a host and that no container there is of, each only if nothing has come to need it since it was listed; and by
 * their ids what its builds left.
 * Layers that others share stay. @throws ClockerError not-found | host.unreachable
 */
export async function removeImages(
  context: EngineContext,
  cause: TaskCause,
  { hostId, names }: { readonly hostId: HostId; readonly names: readonly string[] },
): Promise<RemovedImages> {
  const { hosts, store, tasks, secrets, clock } = context;
  const host = store.view.get('host', hostId);
  if (!host) throw notFound('host', hostId);
  const session = hosts.ready(hostId);
  if (!session) throw new ClockerError('host.unreachable', { message: `${host.name} is not ready`, retryable: true });
  const leftovers = buildLeftovers(await session.engine.listImages(), secrets.planeId, clock.now());
  const removed: string[] = [];
  const kept: { readonly name: string; readonly reason: string }[] = [];
  const name = `Remove ${names.length === 1 ? `image ${names[0]}` : `${names.length} images`}`;
  await tasks.run({ name, hostId, parentId: null, applicationId: null, entityId: null, cause }, async (task) => {
    for (const [index, each] of new Set(names).entries()) {
      task.progress({ text: String(each), fraction: Number(index) / names.length });
      const one = { hostId, name: each, signal: task.signal, engine: session.engine };
      const leftover = leftovers.find(({ image }) => image.id === each);
      const reason = leftover ? await removeLeftover(leftover, one) : await removeOne(context, one);
      if (reason === null) removed.push(each);
      else kept.push({ name: each, reason });
      task.line('info', reason === null ? `${each}: removed` : `${each}: stays, ${reason}`);
    }
  });
  return { removed, kept };
}

type Engine = NonNullable<ReturnType<EngineContext['hosts']['ready']>>['engine'];

interface Removing {
  readonly hostId: HostId;
  readonly name: string;
  readonly signal: AbortSignal;
  readonly engine: Engine;
}

/** It has no record, and a crash leaves it to be listed again. */
async function removeLeftover({ keptBy }: BuildLeftover, { name, signal, engine }: Removing): Promise<string | null> {
  return keptBy ?? (await orConflict(() => engine.removeImage(name, { signal })));
}

/** Null once it is gone, else why it stays. */
async function removeOne({ store, clock }: EngineContext, { hostId, name, signal, engine }: Removing): Promise<string | null> {
  const use = imagesOfHost(store.view, hostId, clock.now()).find(({ image }) => image.name === name);
  if (use === undefined) return 'Clocker has not brought it';
  if (use.keptBy !== null) return use.keptBy;
  const { otherName } = use.image;
  return orConflict(() =>
    durableStep({
      name: 'image.remove',
      act: async () => {
        await engine.removeImage(name, { signal });
        if (otherName !== undefined) await engine.removeImage(otherName, { signal });
      },
      record: () => store.commit((draft) => draft.remove('image', hostImageId(hostId, name))),
    }),
  );
}

/** Null where it was done, else in the engine’s words what still needs the image. */
async function orConflict(remove: () => Promise<unknown>): Promise<string | null> {
  try {
    await remove();
    return null;
  } catch (error) {
    const { code, message } = toClockerError(error);
    if (code !== 'conflict') throw error;
    return message;
  }
}
