import type { LiveTables } from '@/components/live/live-state.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';

/** Containers of an entity, and of all below it, on a network of its application, and the others there: each as `name (address)`. */
export function networkLosses(
  { instance, entity: entities }: Pick<LiveTables, 'instance' | 'entity'>,
  entity: Pick<Entity, 'id' | 'applicationId'>,
  network: string,
): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const members = [...instance.values()].filter(
    ({ applicationId, state, spec }) =>
      applicationId === entity.applicationId &&
      state !== 'removing' &&
      state !== 'lost' &&
      spec.networks?.some(({ name }) => name === network),
  );
  const texts = members.map((one) => {
    const address = one.endpoints?.find((endpoint) => endpoint.network === network)?.address;
    const name = entities.get(one.entityId)?.name ?? one.containerName;
    return { isOwn: isBelow(one.entityId, entity.id, entities), text: address ? `${name} (${address})` : name };
  });
  const [own, others] = [true, false].map((isOwn) =>
    texts
      .filter((text) => text.isOwn === isOwn)
      .map(({ text }) => text)
      .sort(),
  );
  return { own: own ?? [], others: others ?? [] };
}

function isBelow(id: string, top: string, entities: LiveTables['entity']): boolean {
  if (id === top) return true;
  const parentId = entities.get(id)?.parentId ?? null;
  return parentId !== null && isBelow(parentId, top, entities);
}
