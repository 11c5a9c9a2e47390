import type { ContextStore } from '../../ports/context-store.ts';

export function createMemoryContexts(): ContextStore {
  const kept = new Map<string, { readonly archive: Uint8Array; readonly at: number }>();
  return {
    put: async (hash, archive, at) => void kept.set(hash, { archive, at }),
    get: async (hash) => kept.get(hash)?.archive ?? null,
    totalBytes: async () => [...kept.values()].reduce((total, { archive }) => total + archive.length, 0),
    removeUnused: async (used, before) => {
      const unused = [...kept].flatMap(([hash, { at }]) => (at < before && !used.has(hash) ? [hash] : []));
      for (const hash of unused) kept.delete(hash);
      return unused.length;
    },
  };
}
