import { type HostImage, wholeImageName } from '../../domain/entity/host-image.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { buildLeftovers, imagesOfHost } from '../hosts/images-of-host.ts';
import { requireReady } from '../hosts/require-ready.ts';

export interface ShownImage {
  /** Its id where it has no name. */
  readonly name: string;
  /** `build step`: what a build that failed has left, or a stage that is no image. */
  readonly how: HostImage['how'] | 'build step';
  readonly at: number;
  /** With the layers that it shares with others; null where it is gone from the host. */
  readonly sizeBytes: number | null;
  /** Why it stays; null where it may be removed. */
  readonly keptBy: string | null;
}

export interface ShownImages {
  /** What Clocker has brought, by name, and then what builds left. */
  readonly images: readonly ShownImage[];
  /** Of others, or there before: never touched. */
  readonly others: number;
}

/** The images of a host as its engine lists them now. @throws ClockerError host.unreachable */
export async function hostImages(
  context: Pick<EngineContext, 'hosts' | 'store' | 'clock' | 'secrets'>,
  hostId: HostId,
  signal?: AbortSignal,
): Promise<ShownImages> {
  const { store, clock, secrets } = context;
  const session = requireReady(context, hostId, 'Its images are listed once it is.');
  const listed = await session.engine.listImages(signal ? { signal } : {});
  const byName = new Map(listed.flatMap((image) => image.names.map((name) => [wholeImageName(name), image] as const)));
  const uses = imagesOfHost(store.view, hostId, clock.now());
  const leftovers = buildLeftovers(listed, secrets.planeId, clock.now());
  const ours = new Set(uses.flatMap(({ image }) => byName.get(wholeImageName(image.name))?.id ?? []));
  for (const { image } of leftovers) ours.add(image.id);
  const brought = uses.map(({ image: { name, how, at }, keptBy }): ShownImage => {
    return { name, how, at, sizeBytes: byName.get(wholeImageName(name))?.sizeBytes ?? null, keptBy };
  });
  const left = leftovers.map(({ image: { id, createdAt, sizeBytes }, keptBy }): ShownImage => {
    return { name: id, how: 'build step', at: createdAt, sizeBytes, keptBy };
  });
  return {
    images: [...brought, ...left],
    others: listed.filter(({ id }) => !ours.has(id)).length,
  };
}
