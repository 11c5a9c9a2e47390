import type { BlueprintPicture } from './blueprint-picture.ts';
import type { Places } from './editor-store.ts';
import type { LayoutRequest } from './layout-messages.ts';

/** Lays the parts out by the layout library in a worker: who reads stands before who is read. */
export async function tidyParts(picture: BlueprintPicture): Promise<Places> {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Places>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ ...toLayout(picture), direction: directionOf(document.querySelector('.react-flow')) });
    });
  } finally {
    worker.terminate();
  }
}

/** Along the longer side of the canvas, so that it can be read as a whole. */
function directionOf(canvas: Element | null): LayoutRequest['direction'] {
  const { width, height } = canvas?.getBoundingClientRect() ?? { width: 2, height: 1 };
  return width > height * 1.2 ? 'RIGHT' : 'DOWN';
}

/** Boxes with what is in them count as one. */
export function toLayout({ parts, wires }: BlueprintPicture): Omit<LayoutRequest, 'direction'> {
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
