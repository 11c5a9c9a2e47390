import type { Records } from '../domain/shared/records.ts';
import type { Store } from '../ports/store.ts';
import { aHost, anEntity, anInstance } from './records.ts';

/** Ids of one stopped application with one container, its host and its cloud. */
export interface SampleEstate {
  readonly cloudId: string;
  readonly hostId: string;
  readonly applicationId: string;
  readonly entityId: string;
  readonly instanceId: string;
  readonly taskId: string;
  readonly decisionId: string;
  readonly snapshotId: string;
}

/** A secret that stands in the config, the blueprint and a container's environment of every sample. */
export const SAMPLE_SECRET = 'hunter2';

/** Writes an estate that asks nothing of the engine: everything in it is stopped, and its host is refused and cordoned. */
export async function putSampleEstate(store: Store, mark: string): Promise<SampleEstate> {
  const id = (kind: string) => `${kind}${mark}`.toUpperCase();
  const estate: SampleEstate = {
    cloudId: id('cloud'),
    hostId: id('host'),
    applicationId: id('app'),
    entityId: id('entity'),
    instanceId: id('instance'),
    taskId: id('task'),
    decisionId: id('decision'),
    snapshotId: id('snapshot'),
  };
  const records = recordsOf(estate, mark);
  await store.commit((draft) => {
    for (const kind of Object.keys(records) as (keyof typeof records)[]) draft.put(kind, records[kind] as Records[typeof kind]);
  });
  return estate;
}

function recordsOf(estate: SampleEstate, mark: string) {
  const { cloudId, hostId, applicationId, entityId, instanceId, taskId, decisionId, snapshotId } = estate;
  const spec = {
    type: 'application',
    name: mark,
    planId: null,
    path: '.',
    location: null,
    config: { password: SAMPLE_SECRET },
    children: [],
    memberSpec: null,
  };
  const name = `shop-${mark}`;
  const container = { image: 'web', env: { DB_PASSWORD: SAMPLE_SECRET }, files: [], ports: [], volumes: [], labels: {} };
  return {
    cloud: { id: cloudId, name: `cloud-${mark}`, strategies: [], portPool: { from: 20_000, to: 29_999 }, placements: 0, createdAt: 1 },
    host: aHost({ id: hostId, cloudId, name: `host-${mark}`, address: '127.0.0.1', port: 1, cordoned: true, state: 'refused' }),
    application: {
      id: applicationId,
      name,
      rootId: entityId,
      generation: 1,
      location: `cloud-${mark}`,
      createdAt: 1,
      createdBy: 'test',
      rolloutId: null,
    },
    entity: anEntity({
      id: entityId,
      applicationId,
      type: 'application',
      name,
      path: '.',
      spec,
      goal: 'stopped',
      expected: { state: 'STOPPED', at: 1 },
      actual: 'STOPPED',
    }),
    generation: {
      id: `${applicationId}:1`,
      applicationId,
      number: 1,
      text: `name: shop\nservices:\n- type: application\n  brooklyn.config: { password: ${SAMPLE_SECRET} }\n`,
      plan: spec,
      createdAt: 1,
      createdBy: 'test',
      reason: 'deploy',
    },
    instance: anInstance({ id: instanceId, applicationId, entityId, hostId, state: 'exited', decisionId, spec: container as never }),
    decision: { id: decisionId, entityId, hostId, at: 1, explanation: [] },
    snapshot: {
      ...{
        id: snapshotId,
        applicationId,
        entityId,
        entityName: name,
        instanceId,
        hostId,
        image: 'clocker/snapshot:sample',
        takenOf: 'web',
      },
      ...{ state: 'failed', problem: 'sample', pause: true, sizeBytes: null, note: '', by: 'test', at: 1, volumes: [] },
      secrets: { variables: [], labels: [], files: [], command: false, entrypoint: false, healthcheck: false, read: [] },
    },
    adjunct: {
      id: `${entityId}:scaler`,
      ...{ key: 'scaler', kind: 'policy', entityId, applicationId },
      spec: { type: 'auto-scaler', id: 'scaler', config: { 'autoscaler.metric': 'load' } },
    },
    task: {
      id: taskId,
      parentId: null,
      applicationId,
      entityId,
      hostId: null,
      name: 'Deploy',
      cause: { kind: 'user', by: 'test' },
      status: 'done',
      progress: null,
      startedAt: 1,
      endedAt: 2,
      error: null,
      hasLog: false,
      effect: null,
    },
  };
}
