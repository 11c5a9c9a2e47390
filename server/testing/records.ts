import type { Entity } from '../domain/entity/entity.ts';
import type { Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { Records } from '../domain/shared/records.ts';

type Plain<T> = { readonly [K in keyof T]?: T[K] | (T[K] extends string | null ? string : T[K]) };

/** A stopped entity as the store keeps it; ids are plain text in tests. */
export function anEntity(fields: Plain<Entity> & { readonly id: string }): Entity {
  return {
    applicationId: 'shop',
    parentId: null,
    type: 'container',
    name: 'web',
    planId: null,
    path: 'web',
    slot: null,
    spec: { type: 'container', name: 'web' },
    generation: 1,
    granted: 1,
    goal: 'running',
    destroyVolumes: false,
    expected: { state: 'running', at: 0 },
    actual: 'created',
    problems: {},
    notUpIndicators: {},
    sensors: {},
    instanceId: null,
    dataHostId: null,
    waitingFor: null,
    question: null,
    crash: { failures: 0, lastAt: 0 },
    restartSerial: 0,
    createdAt: 0,
    ...fields,
  } as unknown as Entity;
}

/** A planned instance. */
export function anInstance(fields: Plain<Instance> & { readonly id: string }): Instance {
  return {
    applicationId: 'shop',
    entityId: 'web',
    incarnation: 1,
    hostId: 'host-1',
    containerName: `ck-abcdef-${fields.id}`,
    containerId: null,
    spec: { image: 'nginx' },
    specHash: '',
    liveHash: null,
    generation: 1,
    restartSerial: 0,
    state: 'planned',
    ready: false,
    ports: [],
    startedAt: null,
    exitCode: null,
    oomKilled: false,
    bridgeAddress: null,
    decisionId: null,
    createdAt: 0,
    ...fields,
  } as unknown as Instance;
}

/** A host that is ready. */
export function aHost(fields: Plain<Host> & { readonly id: string }): Host {
  return {
    cloudId: 'east',
    name: fields.id,
    address: '10.0.0.1',
    port: 22,
    user: 'root',
    credentialId: 'key',
    hostKey: { type: 'ssh-ed25519', fingerprint: 'SHA256:x' },
    order: 1,
    labels: {},
    cordoned: false,
    state: 'ready',
    reason: '',
    since: 0,
    facts: null,
    foreignContainers: 0,
    createdAt: 0,
    ...fields,
  } as unknown as Host;
}

export function aLease(id: string, ownerId = 'web', at = 0): Records['lease'] {
  return { id, ownerId, at };
}
