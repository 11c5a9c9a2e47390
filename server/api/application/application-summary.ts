import type { Application, Rollout } from '../../domain/entity/application.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Lifecycle } from '../../domain/entity/lifecycle.ts';
import { entityKind } from '../../engine/entity-kind.ts';
import type { StoreView } from '../../ports/store.ts';
import type { PublicRecords } from '../masking/record-views.ts';
import type { ApiServices } from '../request-context.ts';

export type HostBrief = Pick<Host, 'id' | 'name' | 'address' | 'state' | 'since'> & { readonly containers: number };

/** One row of a list of applications. */
export interface ApplicationSummary extends Application {
  readonly root: PublicRecords['entity'] | null;
  readonly rollout: Rollout | null;
  readonly entityCount: number;
  /** Entities that should have a container. */
  readonly memberCount: number;
  readonly membersUp: number;
  readonly states: Readonly<Partial<Record<Lifecycle, number>>>;
  readonly hosts: readonly HostBrief[];
}

export function toApplicationSummary({ engine, views }: ApiServices, application: Application): ApplicationSummary {
  const { view } = engine.store;
  const entities = view.entitiesOf(application.id);
  const root = view.get('entity', application.rootId);
  const rollout = application.rolloutId === null ? undefined : view.get('rollout', application.rolloutId);
  const members = entities.filter(({ type }) => entityKind(engine, type) === 'container');
  const states: Partial<Record<Lifecycle, number>> = {};
  for (const entity of entities) states[entity.actual] = (states[entity.actual] ?? 0) + 1;
  return {
    ...application,
    root: root ? views.view('entity', root) : null,
    rollout: rollout ?? null,
    entityCount: entities.length,
    memberCount: members.length,
    membersUp: members.filter((entity) => entity.sensors['service.isUp'] === true).length,
    states,
    hosts: hostsOf(view, application.id),
  };
}

/** Hosts that the application's containers are on, by name. */
export function hostsOf(view: StoreView, applicationId: string): readonly HostBrief[] {
  const counts = new Map<string, number>();
  for (const entity of view.entitiesOf(applicationId)) {
    for (const instance of view.instancesOf(entity.id)) counts.set(instance.hostId, (counts.get(instance.hostId) ?? 0) + 1);
  }
  return [...counts]
    .flatMap(([hostId, containers]) => {
      const host = view.get('host', hostId);
      return host ? [{ id: host.id, name: host.name, address: host.address, state: host.state, since: host.since, containers }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
