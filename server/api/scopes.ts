import type { Host } from '../domain/entity/host.ts';
import { cloudNamed } from '../domain/entity/location.ts';
import type { NetworkRecord } from '../domain/network/network-record.ts';
import type { StoreView } from '../ports/store.ts';
import type { ScopeChain } from './access.ts';
import type { ApiServices } from './request-context.ts';

/**
 * On what a procedure acts. `find` gives the scopes that the caller needs the permission on (all of them), or null when the
 * thing does not exist. What the caller may not read looks exactly like what does not exist.
 */
export interface ScopeRule<Input> {
  readonly name: 'system' | 'anywhere' | 'cloud' | 'application';
  find(input: Input, services: ApiServices): readonly ScopeChain[] | null | Promise<readonly ScopeChain[] | null>;
}

export const SYSTEM: ScopeChain = ['system'];

/** The whole installation. */
export const onSystem: ScopeRule<unknown> = { name: 'system', find: () => [SYSTEM] };

/** Any scope will do; the answer is filtered to what the caller may read. */
export const anywhere: ScopeRule<unknown> = { name: 'anywhere', find: () => [] };

export const onApplication: ScopeRule<{ applicationId: string }> = {
  name: 'application',
  find: (input, { engine }) => one(applicationChain(engine.store.view, input.applicationId)),
};

export const onEntity: ScopeRule<{ entityId: string }> = {
  name: 'application',
  find: (input, { engine }) => one(entityChain(engine.store.view, input.entityId)),
};

export const onInstance: ScopeRule<{ instanceId: string }> = {
  name: 'application',
  find: (input, { engine }) => {
    const instance = engine.store.view.get('instance', input.instanceId);
    return instance ? one(applicationChain(engine.store.view, instance.applicationId)) : null;
  },
};

export const onSnapshot: ScopeRule<{ snapshotId: string }> = {
  name: 'application',
  find: (input, { engine }) => {
    const snapshot = engine.store.view.get('snapshot', input.snapshotId);
    return snapshot ? one(applicationChain(engine.store.view, snapshot.applicationId)) : null;
  },
};

export const onTask: ScopeRule<{ taskId: string }> = {
  name: 'application',
  find: (input, { engine }) => {
    const task = engine.store.view.get('task', input.taskId);
    return task ? [taskChain(engine.store.view, task)] : null;
  },
};

/** Entity or host. */
export const onSubject: ScopeRule<{ subjectId: string }> = {
  name: 'application',
  find: (input, { engine }) => one(entityChain(engine.store.view, input.subjectId)) ?? one(hostChain(engine.store.view, input.subjectId)),
};

export const onHost: ScopeRule<{ hostId: string }> = {
  name: 'cloud',
  find: (input, { engine }) => one(hostChain(engine.store.view, input.hostId)),
};

export const onCloud: ScopeRule<{ cloudId: string }> = {
  name: 'cloud',
  find: (input, { engine }) => (engine.store.view.get('cloud', input.cloudId) ? [cloudChain(input.cloudId)] : null),
};

/** Networks that reach all hosts. */
export const onNetwork: ScopeRule<{ networkId: string }> = {
  name: 'cloud',
  find: (input, { engine }) => {
    const network = engine.store.view.get('virtualNetwork', input.networkId);
    return network ? one(networkChain(engine.store.view, network)) : null;
  },
};

export function applicationChain(view: StoreView, applicationId: string): ScopeChain | null {
  const application = view.get('application', applicationId);
  if (!application) return null;
  const cloud = cloudNamed(view, application.location);
  return cloud ? [`application:${applicationId}`, `cloud:${cloud.id}`, 'system'] : [`application:${applicationId}`, 'system'];
}

export function entityChain(view: StoreView, entityId: string): ScopeChain | null {
  const entity = view.get('entity', entityId);
  return entity ? applicationChain(view, entity.applicationId) : null;
}

export function hostChain(view: StoreView, hostId: string): ScopeChain | null {
  const host = view.get('host', hostId);
  return host ? chainOfHost(view, host) : null;
}

/** Of its cloud; the machine of a process belongs to the application of that. */
export function chainOfHost(view: StoreView, { cloudId, origin }: Pick<Host, 'cloudId' | 'origin'>): ScopeChain {
  if (cloudId !== null) return cloudChain(cloudId);
  return (origin && entityChain(view, origin.entityId)) ?? SYSTEM;
}

/** Of its application; of its cloud where it was made on its own. */
export function networkChain(
  view: StoreView,
  { applicationId, ...place }: Pick<NetworkRecord, 'applicationId'> & ({ readonly cloudId: string } | { readonly hostId: string }),
): ScopeChain | null {
  if (applicationId !== null) return applicationChain(view, applicationId);
  return 'cloudId' in place ? cloudChain(place.cloudId) : hostChain(view, place.hostId);
}

export function cloudChain(cloudId: string): ScopeChain {
  return [`cloud:${cloudId}`, 'system'];
}

/** Tasks of an application belong to it, tasks of a host or cloud to the cloud, the rest to the installation. */
export function taskChain(
  view: StoreView,
  task: {
    readonly applicationId: string | null;
    readonly entityId: string | null;
    readonly hostId: string | null;
    readonly cloudId?: string;
  },
): ScopeChain {
  const application = task.applicationId === null ? null : applicationChain(view, task.applicationId);
  const entity = task.entityId === null ? null : entityChain(view, task.entityId);
  const host = task.hostId === null || task.applicationId !== null ? null : hostChain(view, task.hostId);
  const cloud = task.cloudId === undefined ? null : cloudChain(task.cloudId);
  return application ?? entity ?? host ?? cloud ?? SYSTEM;
}

function one(chain: ScopeChain | null): readonly ScopeChain[] | null {
  return chain ? [chain] : null;
}
