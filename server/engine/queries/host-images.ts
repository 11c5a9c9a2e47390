import { type HostImage, wholeImageName } from '../../domain/entity/host-image.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { imagesOfHost } from '../hosts/images-of-host.ts';
import { requireReady } from '../hosts/require-ready.ts';

export interface ShownImage {
  readonly name: string;
  readonly how: HostImage['how'];
  readonly at: number;
  /** With the layers that it shares with others; null where it is gone from the host. */
  readonly sizeBytes: number | null;
  /** Why it stays; null where it may be removed. */
  readonly keptBy: string | null;
}

export interface ShownImages {
  /** What Clocker has brought, by name. */
  readonly images: readonly ShownImage[];
  /** Of others, or there before: never touched. */
  readonly others: number;
}

/** The images of a host as its engine lists them now. @throws ClockerError host.unreachable */
export async function hostImages(
  context: Pick<EngineContext, 'hosts' | 'store' | 'clock'>,
  hostId: HostId,
  signal?: AbortSignal,
): Promise<ShownImages> {
  const { store, clock } = context;
  const session = requireReady(context, hostId, 'Its images are listed once it is.');
  const listed = await session.engine.listImages(signal ? { signal } : {});
  const byName = new Map(listed.flatMap((image) => image.names.map((name) => [wholeImageName(name), image] as const)));
  const uses = imagesOfHost(store.view, hostId, clock.now());
  const ours = new Set(uses.flatMap(({ image }) => byName.get(wholeImageName(image.name))?.id ?? []));
  return {
    images: uses.map(({ image: { name, how, at }, keptBy }) => ({
      name,
      how,
      at,
      sizeBytes: byName.get(wholeImageName(name))?.sizeBytes ?? null,
      keptBy,
    })),
    others: listed.filter(({ id }) => !ours.has(id)).length,
  };
}
