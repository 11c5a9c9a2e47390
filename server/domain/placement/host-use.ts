import type { HostView } from './placement.ts';

/** Part of a host's memory that is in use, 0 to 1; null when it is not known. */
export function memoryPart({ memoryBytes, memoryUsedBytes }: Pick<HostView, 'memoryBytes' | 'memoryUsedBytes'>): number | null {
  return memoryBytes === null || memoryUsedBytes === null || memoryBytes === 0 ? null : memoryUsedBytes / memoryBytes;
}
