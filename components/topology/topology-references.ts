import type { EntityShape, InstanceShape } from './estate-shape.ts';

/** All of `from` use what all of `to` offer. Kept by groups: two clusters of 1,000 make one of these, and a million arrows. */
export interface Reference {
  /** Instance ids of who uses. */
  readonly from: ReadonlySet<string>;
  /** Instance ids of who is used. */
  readonly to: ReadonlySet<string>;
  /** What is referred to: the name of a sensor, or `members` for a load balancer's target. */
  readonly label: string;
}

/** An arrow between two instances: it points from who uses to who is used. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

/** References between entities, from deferred config values; a reference to a cluster is a reference to its members. */
export function referencesOf(entities: readonly EntityShape[], instances: readonly InstanceShape[]): readonly Reference[] {
  const byPlan = new Map(entities.toReversed().map((entity) => [planKey(entity.applicationId, entity.planId ?? ''), entity]));
  const children = Map.groupBy(entities, ({ parentId }) => String(parentId));
  const byEntity = Map.groupBy(instances, ({ entityId }) => String(entityId));
  const instancesOf = (of: readonly EntityShape[]) => of.flatMap(({ id }) => (byEntity.get(id) ?? []).map((one) => String(one.id)));
  const groups = new Map<string, { target: EntityShape; label: string; users: Set<EntityShape> }>();
  for (const entity of entities) {
    for (const { planId, label } of entity.references) {
      const target = byPlan.get(planKey(entity.applicationId, planId));
      if (!target || target.id === entity.id) continue;
      const key = `${target.id} ${label}`;
      const group = groups.get(key) ?? { target, label, users: new Set() };
      group.users.add(entity);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ target, label, users }) => ({
      from: new Set(instancesOf([...users])),
      to: new Set(instancesOf(children.get(target.id) ?? [target])),
      label,
    }))
    .filter(({ from, to }) => from.size > 0 && to.size > 0);
}

/** All arrows, one for each pair with all that is referred to; null where there are more than `most`, which are not made then. */
export function linksUpTo(references: readonly Reference[], most: number): readonly Link[] | null {
  const links = new Map<string, Link>();
  for (const { from, to, label } of references) {
    for (const source of from) {
      for (const target of to) {
        if (source === target) continue;
        add(links, { source, target, label });
        if (links.size > most) return null;
      }
    }
  }
  return [...links.values()];
}

/** The arrows from and to these instances alone. */
export function linksAt(references: readonly Reference[], ids: readonly string[]): readonly Link[] {
  const links = new Map<string, Link>();
  for (const { from, to, label } of references) {
    for (const id of ids) {
      if (from.has(id)) for (const target of to) if (target !== id) add(links, { source: id, target, label });
      if (to.has(id)) for (const source of from) if (source !== id) add(links, { source, target: id, label });
    }
  }
  return [...links.values()];
}

/** Of all references those from or to `inside`, without the arrows between others. */
export function referencesAround(references: readonly Reference[], inside: ReadonlySet<string>): readonly Reference[] {
  return references
    .flatMap(({ from, to, label }) => [
      { from: those(from, (id) => inside.has(id)), to, label },
      { from: those(from, (id) => !inside.has(id)), to: those(to, (id) => inside.has(id)), label },
    ])
    .filter(({ from, to }) => from.size > 0 && to.size > 0);
}

function those(ids: ReadonlySet<string>, isMeant: (id: string) => boolean): ReadonlySet<string> {
  return new Set([...ids].filter(isMeant));
}

function add(links: Map<string, Link>, { source, target, label }: { source: string; target: string; label: string }): void {
  const id = `${source}→${target}`;
  const labels = links.get(id)?.labels ?? [];
  if (!labels.includes(label)) links.set(id, { id, from: source, to: target, labels: [...labels, label].sort() });
}

function planKey(applicationId: string, planId: string): string {
  return `${applicationId} ${planId}`;
}
