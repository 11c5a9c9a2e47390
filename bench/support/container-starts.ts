import type Docker from 'dockerode';
import { BUSYBOX, rawRemove, SLEEP } from './raw-engine.ts';

/** Listens from when it resolves; `at` is the moment (`performance.now`) of the `count`th start of a container with these labels. */
export async function whenStarted(docker: Docker, label: readonly string[], count = 1): Promise<{ readonly at: Promise<number> }> {
  const stream = await docker.getEvents({ filters: { label: [...label], event: ['start'], type: ['container'] } });
  let seen = 0;
  const at = new Promise<number>((resolve) => {
    stream.on('data', () => {
      seen += 1;
      if (seen < count) return;
      if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
      resolve(performance.now());
    });
  });
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
