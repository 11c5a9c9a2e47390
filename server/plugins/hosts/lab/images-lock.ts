import { withLock } from './lab-lock.ts';
import type { LabWorld } from './lab-world.ts';

const PATIENCE_MS = 1_800_000;

/** Images are shared by all labs of the machine: one process at a time builds them, others wait for it. */
export async function withImagesLock<T>(world: LabWorld, act: () => Promise<T>): Promise<T> {
  return withLock(world, { path: `${world.settings.cacheFolder}/lock`, purpose: 'building images', patienceMs: PATIENCE_MS }, act);
}
