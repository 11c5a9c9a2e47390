import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { ContainerSpec } from '@/server/domain/entity/container-spec.ts';
import type { Snapshot } from '@/server/domain/snapshot/snapshot.ts';

/** What a snapshot does not have, and which secrets it has, in the words of the confirmations. */
export function snapshotContents({ secrets, volumes }: Pick<Snapshot, 'secrets' | 'volumes'>): readonly Victims[] {
  const { files, variables, read } = secrets;
  return [
    ...(files.length > 0
      ? [{ title: formatCount(files.length, 'file with secrets is in it', 'files with secrets are in it'), items: files, lost: true }]
      : []),
    ...(read.length > 0 ? [{ title: 'Secrets that its config reads, and its program may have written', items: read }] : []),
    ...(variables.length > 0 ? [{ title: 'Variables that are left out, and given again to a container from it', items: variables }] : []),
    ...(volumes.length > 0 ? [{ title: formatCount(volumes.length, 'volume is not in it', 'volumes are not in it'), items: volumes }] : []),
  ];
}

/** What recreating its container means for an entity: all that it wrote into its own files goes, volumes stay. */
export function recreationVictims(name: string, spec: Pick<ContainerSpec, 'volumes'> | undefined): readonly Victims[] {
  const kept = spec?.volumes.map((volume) => `${volume.name} at ${volume.path}`) ?? [];
  return [
    { title: 'What its container has written since is lost', items: [`files of ${name} outside of volumes`], lost: true },
    ...(kept.length > 0 ? [{ title: formatCount(kept.length, 'volume stays as it is', 'volumes stay as they are'), items: kept }] : []),
  ];
}
