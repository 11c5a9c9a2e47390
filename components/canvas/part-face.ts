import { createContext, useContext } from 'react';
import type { SensorRule } from '@/components/lenses/sensor-rule.ts';
import type { UpdateEffect } from '@/server/engine/queries/preview-update.ts';

/** What a lens shows on a part in the place of its type. */
export type PartFace =
  /** The entities that the part stands for; several where it is of each member of a cluster. */
  | { readonly kind: 'live'; readonly entityIds: readonly string[]; readonly isEach: boolean }
  /** What a deploy would do to it, and in what the world differs already; both in words, empty where nothing is. */
  | { readonly kind: 'diff'; readonly effect: UpdateEffect | null; readonly note: string; readonly drift: string };

/** What all faces of the Live lens share. */
export interface LiveLens {
  /** The sensor that is painted on each part. */
  readonly sensor: string;
  /** Readings that stand out; null for none. */
  readonly rule: SensorRule | null;
  /** Of what is being done right now: ids of tasks by entities. */
  readonly tasks: ReadonlyMap<string, string>;
  readonly selectedId: string;
  readonly onChoose: (entityId: string) => void;
}

export const LiveLensContext = createContext<LiveLens | null>(null);

export function useLiveLens(): LiveLens {
  const lens = useContext(LiveLensContext);
  if (!lens) throw new Error('A face of the Live lens is used outside of it');
  return lens;
}
