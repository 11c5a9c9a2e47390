import { halfMadeName, readOwnership } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Snapshot } from '../../domain/snapshot/snapshot.ts';
import type { DockerEngine, ImageView } from '../../ports/docker-engine.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';

export interface SnapshotPlace {
  readonly snapshot: Snapshot;
  /** Of the snapshot's host. */
  readonly engine: DockerEngine;
  readonly signal: AbortSignal;
}

type Checking = Pick<Secrets, 'planeId' | 'verify'>;

/** The image of a snapshot; null where there is none. @throws ClockerError conflict.foreign where one that is not ours has its name */
export async function imageOfSnapshot(secrets: Checking, place: SnapshotPlace): Promise<ImageView | null> {
  const { image } = place.snapshot;
  const found = await place.engine.inspectImage(image, { signal: place.signal });
  if (found === null || isOurs(secrets, place, found)) return found;
  throw new ClockerError('conflict.foreign', {
    message: `An image that is not ours is called ${image} on its host`,
    hint: 'Give that image another name, or remove it; Clocker touches nothing without its own signed label.',
  });
}

/** Removes what is ours of it from its host: the image, its name in a registry, and what a take has left half made. Gives the names. */
export async function removeSnapshotImages(secrets: Checking, place: SnapshotPlace): Promise<readonly string[]> {
  const { snapshot, engine, signal } = place;
  const removed: string[] = [];
  for (const name of [halfMadeName(snapshot.image), snapshot.image]) {
    if (!(await isOursOn(secrets, place, name))) continue;
    if (snapshot.push) await engine.removeImage(snapshot.push.reference, { signal });
    await engine.removeImage(name, { signal });
    removed.push(name);
  }
  return removed;
}

/** What a take leaves that ended between the image and its clean-up: it still tells what the container had. */
export async function removeHalfMade(secrets: Checking, place: SnapshotPlace): Promise<void> {
  const name = halfMadeName(place.snapshot.image);
  if (await isOursOn(secrets, place, name)) await place.engine.removeImage(name, { signal: place.signal });
}

async function isOursOn(secrets: Checking, place: SnapshotPlace, name: string): Promise<boolean> {
  const found = await place.engine.inspectImage(name, { signal: place.signal });
  return found !== null && isOurs(secrets, place, found);
}

function isOurs(secrets: Checking, { snapshot }: SnapshotPlace, { labels }: ImageView): boolean {
  return readOwnership(snapshot.image, labels, ownershipCheck(secrets)) !== null;
}
