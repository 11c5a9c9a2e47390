import { BUILD_LABEL } from '../../domain/build/mark-stages.ts';
import { type HostImage, wholeImageName } from '../../domain/entity/host-image.ts';
import { nameOnHost } from '../../domain/registry/image-source.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { EngineImage } from '../../ports/docker-engine.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { sourceOfImage } from '../registry-login.ts';

/** One that has just come may be for a container that is not planned yet. */
const FRESH_MS = 10 * 60_000;

export interface ImageUse {
  readonly image: HostImage;
  /** Names of the entities whose containers on the host are of it. */
  readonly usedBy: readonly string[];
  /** Why it stays; null where nothing of ours needs it. */
  readonly keptBy: string | null;
}

/** What Clocker has brought to a host, by name. */
export function imagesOfHost(view: StoreView, hostId: HostId, now: number): readonly ImageUse[] {
  const users = new Map<string, Set<string>>();
  for (const { entityId, containerName, spec } of view.instancesOn(hostId)) {
    const user = view.get('entity', entityId)?.name ?? containerName;
    for (const name of [spec.image, nameOnHost(spec.image, sourceOfImage(spec.image, view))]) {
      const whole = wholeImageName(name);
      users.set(whole, (users.get(whole) ?? new Set()).add(user));
    }
  }
  const own = [...view.all('snapshot').values()].filter((snapshot) => snapshot.hostId === hostId);
  const snapshots = new Map(own.map(({ image, entityName }) => [image, entityName]));
  return [...view.all('image').values()]
    .filter((image) => image.hostId === hostId)
    .map((image): ImageUse => {
      const usedBy = [...(users.get(wholeImageName(image.name)) ?? [])].sort();
      const kept = keptBy(image, { usedBy, snapshotOf: snapshots.get(image.name), now });
      return { image, usedBy, keptBy: kept };
    })
    .sort((a, b) => (a.image.name < b.image.name ? -1 : 1));
}

interface Need {
  readonly usedBy: readonly string[];
  /** Name of the entity of which it is a snapshot. */
  readonly snapshotOf: string | undefined;
  readonly now: number;
}

export interface BuildLeftover {
  readonly image: EngineImage;
  /** Why it stays; null where it may be removed. */
  readonly keptBy: string | null;
}

/** What builds of ours have left on a host without a name: last steps of builds that failed, and stages that are no image. Of no others. */
export function buildLeftovers(listed: readonly EngineImage[], planeId: string, now: number): readonly BuildLeftover[] {
  return listed
    .filter(({ names, labels }) => names.length === 0 && labels[BUILD_LABEL] === planeId)
    .map((image) => ({ image, keptBy: freshness(image.createdAt, now) }))
    .sort((a, b) => a.image.createdAt - b.image.createdAt);
}

/** A step may be one of a build that goes on. */
function freshness(at: number, now: number): string | null {
  return now - at < FRESH_MS ? 'came less than 10 minutes ago' : null;
}

function keptBy({ at, unpushed }: HostImage, { usedBy, snapshotOf, now }: Need): string | null {
  if (snapshotOf !== undefined) return `a snapshot of ${snapshotOf}, removed as such`;
  if (usedBy.length > 0) return `used by ${usedBy.slice(0, 5).join(', ')}`;
  if (unpushed !== undefined) return 'still to be pushed for the other hosts';
  return freshness(at, now);
}

/** With its host. */
export function forgetImages(draft: Draft, hostId: HostId): void {
  for (const image of draft.all('image').values()) if (image.hostId === hostId) draft.remove('image', image.id);
}
