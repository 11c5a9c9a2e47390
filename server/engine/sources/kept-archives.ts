import type { Entity } from '../../domain/entity/entity.ts';
import type { ArchivePlace, ArchiveSpec } from '../../domain/software/archives.ts';
import type { StoreView } from '../../ports/store.ts';

type Kept = { readonly kept: readonly ArchiveSpec[] } | { readonly missing: string };

/** Archives with the content that they had when the application was deployed. Of one that is only previewed nothing was gathered. */
export function keptArchives({ applicationId }: Entity, places: readonly ArchivePlace[], view: StoreView): Kept {
  const application = view.get('application', applicationId);
  if (!application) return { kept: [] };
  const hashes = view.get('entity', application.rootId)?.spec.artifacts?.archives ?? {};
  const missing = places.find(({ source }) => hashes[source] === undefined);
  if (missing) return { missing: missing.source };
  return { kept: places.map(({ source, ...place }) => ({ ...place, hash: String(hashes[source]) })) };
}
