import type { Catalog, CatalogItem } from './catalog.ts';
import { compareVersions, isSameVersion } from './catalog-version.ts';

/** A catalog of these items; of two with the same name and version the last counts. */
export function createCatalog(items: readonly CatalogItem[]): Catalog {
  const byName = new Map<string, Map<string, CatalogItem>>();
  for (const item of items) {
    const versions = byName.get(item.symbolicName) ?? new Map<string, CatalogItem>();
    versions.set(item.version, item);
    byName.set(item.symbolicName, versions);
  }
  const newestFirst = new Map(
    [...byName].map(([name, versions]) => [name, [...versions.values()].sort((a, b) => compareVersions(b.version, a.version))]),
  );
  const all = [...newestFirst.values()].flat();
  return {
    find(symbolicName, version) {
      const versions = newestFirst.get(symbolicName);
      // The same version may be written in several ways: 1.0-SNAPSHOT, 1.0.0.SNAPSHOT.
      if (version !== null) return byName.get(symbolicName)?.get(version) ?? versions?.find((item) => isSameVersion(item.version, version));
      return versions?.find((item) => !item.disabled) ?? versions?.[0];
    },
    list: () => all,
  };
}

/** `name:1.2` → name and version. A name without a version, or one whose last part is none, is a name. */
export function splitCatalogReference(text: string): { readonly symbolicName: string; readonly version: string | null } {
  const match = /^(.+):(\d[\w.+-]*)$/.exec(text);
  return match === null ? { symbolicName: text, version: null } : { symbolicName: match[1] ?? text, version: match[2] ?? null };
}
