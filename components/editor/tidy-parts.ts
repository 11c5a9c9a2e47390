import type { BlueprintPicture } from './blueprint-picture.ts';
import type { Places } from './editor-store.ts';
import type { LayoutRequest } from './layout-messages.ts';

/** Lays the parts out by the layout library in a worker: who reads stands left of who is read. */
export async function tidyParts(picture: BlueprintPicture): Promise<Places> {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Places>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(toLayout(picture));
    });
  } finally {
    worker.terminate();
  }
}

/** Boxes with what is in them count as one. */
export function toLayout({ parts, wires }: BlueprintPicture): LayoutRequest {
  const parents = new Map(parts.map(({ key, parent }) => [key, parent]));
  const outermost = (key: string): string => {
    const parent = parents.get(key) ?? null;
    return parent === null ? key : outermost(parent);
  };
  const pairs = new Map(
    wires.map(({ from, to }) => [`${outermost(from)}\n${outermost(to)}`, { from: outermost(from), to: outermost(to) }]),
  );
  return {
    nodes: parts.flatMap(({ key: id, parent, width, height }) => (parent === null ? [{ id, width, height }] : [])),
    edges: [...pairs.values()].filter(({ from, to }) => from !== to),
  };
}
