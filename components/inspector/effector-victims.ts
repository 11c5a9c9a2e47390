import { stopVictims } from '@/components/applications/deletion-victims.ts';
import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { isMember } from '@/server/domain/cluster/members.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { type StopEffects, stopEffects } from '@/server/domain/entity/stop-effects.ts';
import type { JsonObject } from '@/server/domain/shared/json.ts';
import type { RecordMaps } from '@/server/domain/shared/records.ts';

type Tables = RecordMaps<'application' | 'entity' | 'instance' | 'host'>;

/** What a destructive effector ends, in the words of the confirmation. */
export function effectorVictims(
  { effector, parameters }: { readonly effector: string; readonly parameters: JsonObject },
  entity: Pick<Entity, 'id' | 'size'>,
  tables: Tables,
): readonly Victims[] {
  if (effector === 'resize') return goingMembers(entity, parameters.desiredSize, tables);
  if (effector === 'expungeMembers') return keptMembers(entity, tables);
  const effects: StopEffects = stopEffects(entity.id, tables);
  return stopVictims(effects);
}

/** They run no more: what is lost with their containers is what can be looked at. */
function keptMembers({ id }: Pick<Entity, 'id'>, { entity: entities }: Tables): readonly Victims[] {
  const parentId = entities.get(id)?.parentId;
  const kept = [...entities.values()].filter(
    (one) => one.parentId === parentId && one.quarantine !== undefined && one.goal !== 'destroyed',
  );
  if (kept.length === 0) return [];
  const title = `${formatCount(kept.length, 'failed member')} ${kept.length === 1 ? 'goes, with its container' : 'go, with their containers'}`;
  return [{ title, items: kept.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })), lost: true }];
}

/** Which ones go is up to the cluster, so all that may are listed. */
function goingMembers(entity: Pick<Entity, 'id' | 'size'>, wanted: unknown, tables: Tables): readonly Victims[] {
  const members = [...tables.entity.values()].filter((one) => one.parentId === entity.id && isMember(one) && one.goal !== 'destroyed');
  const going = typeof wanted === 'number' ? members.length - wanted : 0;
  if (going <= 0) return [];
  const goes = going === 1 ? 'goes, with its container' : 'go, with their containers';
  const title = `${going} of ${formatCount(members.length, 'member')} ${goes}`;
  const items = members.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return [{ title, items, lost: true }];
}
