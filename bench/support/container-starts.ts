import type Docker from 'dockerode';
import { BUSYBOX, rawRemove, SLEEP } from './raw-engine.ts';

/** Within so long something has started, or the bench has failed. Milliseconds. */
const DEADLINE_MS = 60_000;

/**
 * Listens from when it resolves; `at` is the moment (`performance.now`) of the `count`th start of a container with these labels.
 * @throws Error, by `at`, where they have not started within a minute
 */
export async function whenStarted(docker: Docker, label: readonly string[], count = 1): Promise<{ readonly at: Promise<number> }> {
  const stream = await docker.getEvents({ filters: { label: [...label], event: ['start'], type: ['container'] } });
  let seen = 0;
  const end = (): void => {
    if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
  };
  const at = new Promise<number>((resolve, reject) => {
    const deadline = setTimeout(() => {
      end();
      reject(new Error(`${seen} of ${count} containers with ${label.join(', ')} have started within ${DEADLINE_MS / 1_000} s`));
    }, DEADLINE_MS);
    stream.on('data', () => {
      seen += 1;
      if (seen < count) return;
      clearTimeout(deadline);
      end();
      resolve(performance.now());
    });
  });
  // Whoever waits is told; a step that fails before it waits has said why itself.
  at.catch(() => undefined);
  return { at };
}

/** What it takes at least: so many containers created and started at once, from being told until the last has started. Milliseconds. */
export async function startsByHand(docker: Docker, count = 1): Promise<number> {
  const started = await whenStarted(docker, ['bench=raw'], count);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: count }, async () => {
      const container = await docker.createContainer({ Image: BUSYBOX, Cmd: SLEEP, Labels: { bench: 'raw' } });
      await container.start();
    }),
  );
  const ms = (await started.at) - begun;
  await rawRemove(docker);
  return ms;
}
