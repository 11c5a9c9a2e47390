'use client';
import { useStore } from '@xyflow/react';

/** Below this zoom text cannot be read: nodes show shape and state only. */
const READABLE_ZOOM = 0.35;

/** True when zoomed out too far to read. Nodes are rendered again only when that changes. */
export function useFar(): boolean {
  return useStore((state) => state.transform[2] < READABLE_ZOOM);
}
