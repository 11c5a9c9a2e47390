import { formatBytes } from '@/components/ui/format-quantity.ts';
import { Progress } from '@/components/ui/progress.tsx';
import type { LayerProgress } from '@/server/domain/entity/task.ts';

/** The layers of an image on its way, each with its bytes. */
export function LayerList({ layers }: { layers: readonly LayerProgress[] }) {
  return (
    <ul className="mb-2 flex max-w-xl flex-col gap-1">
      {layers.map((layer) => (
        <li key={layer.id} className="grid grid-cols-[7rem_8rem_1fr_9rem] items-center gap-2 text-xs max-sm:grid-cols-[6rem_1fr]">
          <code className="truncate text-ink-3">{layer.id}</code>
          <span className="truncate text-ink-2">{layer.status}</span>
          <Progress className="max-sm:hidden" value={share(layer)} label={`Layer ${layer.id}: ${layer.status}`} />
          <span className="text-right text-ink-3 tabular max-sm:hidden">{bytes(layer)}</span>
        </li>
      ))}
    </ul>
  );
}

function share(layer: LayerProgress): number | null {
  if (/complete|exists/i.test(layer.status)) return 1;
  return layer.currentBytes !== null && layer.totalBytes ? layer.currentBytes / layer.totalBytes : 0;
}

function bytes(layer: LayerProgress): string {
  if (layer.currentBytes === null) return '';
  return layer.totalBytes ? `${formatBytes(layer.currentBytes)} of ${formatBytes(layer.totalBytes)}` : formatBytes(layer.currentBytes);
}
