import type { Entity } from '../domain/entity/entity.ts';
import type { Instance, InstanceState } from '../domain/entity/instance.ts';
import type { Desired, EntityFacts } from '../domain/entity/step-facts.ts';
import { anEntity, anInstance } from './records.ts';

export const NOW = 1_000_000;
export const RESOLVED = {
  kind: 'resolved',
  specHash: 'h1',
  memoryBytes: null,
  cpus: null,
  liveHash: null,
  networks: [],
  place: 'container',
  exclusive: false,
} as const satisfies Desired;

export function entity(fields: Partial<Entity> = {}): Entity {
  return { ...anEntity({ id: 'e1', parentId: 'p1', instanceId: 'i1' }), size: null, incarnation: 1, taskId: null, ...fields };
}

export function instance(state: InstanceState, fields: Partial<Instance> = {}): Instance {
  const base = anInstance({ id: 'i1', entityId: 'e1', hostId: 'h', specHash: 'h1', state, startedAt: NOW - 120_000 });
  const limits = { ...base.spec, memoryBytes: null, cpus: null };
  return { ...base, spec: limits, serves: [], stoppingSince: null, ready: state === 'running', ...fields };
}

export function facts(fields: Partial<EntityFacts> = {}): EntityFacts {
  return {
    now: NOW,
    kind: 'container',
    entity: entity(),
    instances: [],
    childCount: 0,
    holding: null,
    hosts: { h: 'ready', other: 'ready' } as EntityFacts['hosts'],
    cordoned: [],
    desired: RESOLVED,
    imagePresent: true,
    nextImagePresent: true,
    snapshotHostId: null,
    volumesPresent: true,
    network: null,
    missing: null,
    dependency: null,
    policy: { kind: 'always' },
    home: { kind: 'anywhere' },
    volumeHosts: [],
    probeAt: 0,
    served: [],
    droppedAt: {},
    order: 'stop-first',
    process: null,
    latch: null,
    ...fields,
  };
}
