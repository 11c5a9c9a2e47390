import type { Point, Size } from './topology-layout.ts';

const SPACING = 48;

/** Packs the hosts by the layout library in a worker: called on *Tidy* only. */
export async function tidyHosts(hosts: readonly ({ readonly id: string } & Size)[]): Promise<Record<string, Point>> {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Record<string, Point>>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ hosts, spacing: SPACING });
    });
  } finally {
    worker.terminate();
  }
}
