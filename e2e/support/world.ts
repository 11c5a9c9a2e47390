import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';
import { LABEL } from '../../server/domain/entity/ownership.ts';
import { isCompleted } from '../../server/domain/entity/service-state.ts';
import type { Kind } from '../../server/domain/shared/records.ts';
import type { Api } from './api.ts';
import { type ContainerWitness, describeDoubles } from './container-witness.ts';
import { engineGet, labelFilter } from './engine-get.ts';
import type { LabHost } from './lab-hosts.ts';
import { describeSentinels, type Sentinels } from './sentinels.ts';

const run = promisify(execFile);

/** What must hold of a plane and its hosts, and what was noted at the start to compare with. */
export interface WorldWatch {
  readonly planeId: string;
  /** As they are now: a host that was booted again has another socket. */
  readonly hosts: () => readonly LabHost[];
  /** By name of the host. */
  readonly sentinels: ReadonlyMap<string, Sentinels>;
  readonly witness: ContainerWitness;
  /** Entities that may have run twice for a while: their host was lost. */
  readonly mayOverlap: Set<string>;
}

interface FoundContainer {
  readonly host: string;
  readonly name: string;
  readonly entityId: string;
  readonly isRunning: boolean;
}

type Detail = Awaited<ReturnType<Api['application']['get']['query']>>;

/**
 * Compares the hosts with the records and tells in sentences what is wrong: entities without exactly the container that the records
 * say, containers and volumes of ours that nobody owns, containers made or run twice, strangers that were touched.
 */
async function describeFaults(api: Api, watch: WorldWatch): Promise<readonly string[]> {
  const details = await allDetails(api);
  const records = await readRecords(api, ['volume', 'lease', 'instance', 'network', 'virtualNetwork']);
  const containers = (await Promise.all(watch.hosts().map((host) => containersOn(host, watch)))).flat();
  const volumes = (await Promise.all(watch.hosts().map((host) => volumesOn(host, watch)))).flat();
  const networks = (await Promise.all(watch.hosts().map((host) => networksOn(host, watch)))).flat();
  const joined = new Set(records.network.map((network) => network.networkName));
  const known = new Set<string>(details.flatMap(({ entities }) => entities.map((entity) => entity.id)));
  const owned = new Set(records.volume.map((volume) => `${volume.volumeName}`));
  const owners = new Set<string>([...records.instance, ...records.network].map(({ id }) => id));
  const numbers = new Set(records.virtualNetwork.map(({ vni }) => `ckx${vni.toString(36)}`));
  const links = (await Promise.all(watch.hosts().map(linksOn))).flat();
  const touched = await Promise.all(
    watch.hosts().map(async (host) => {
      const sentinels = watch.sentinels.get(host.name);
      const now = sentinels ? await describeSentinels(host, sentinels) : 'nothing was noted of it';
      return now === sentinels?.before ? [] : [`on ${host.name} something that is not ours was touched: ${now}`];
    }),
  );
  return [
    ...details.flatMap((detail) => wrongEntities(detail, containers)),
    ...containers.filter(({ entityId }) => !known.has(entityId)).map(({ host, name }) => `orphan container ${name} on ${host}`),
    ...volumes.filter(({ name }) => !owned.has(name)).map(({ host, name }) => `orphan volume ${name} on ${host}`),
    ...networks.filter(({ name }) => !joined.has(name)).map(({ host, name }) => `orphan network ${name} on ${host}`),
    ...links.filter(({ name }) => !numbers.has(name)).map(({ host, name }) => `orphan link ${name} on ${host}`),
    ...records.network
      .filter((row) => !networks.some(({ name }) => name === row.networkName))
      .map((row) => `${row.networkName} is not there`),
    ...records.volume.filter((row) => !known.has(row.entityId)).map((row) => `volume ${row.volumeName} belongs to no entity`),
    ...records.lease
      .filter(({ id, ownerId }) => /^(?:port|address):/.test(id) && ownerId !== 'foreign' && !owners.has(ownerId))
      .map((lease) => `${lease.id} is leased to nobody`),
    ...describeDoubles(watch.witness.events, (entityId) => watch.mayOverlap.has(entityId)),
    ...touched.flat(),
  ];
}

/** @throws Error with all that is wrong. */
export async function assertWorld(api: Api, watch: WorldWatch): Promise<void> {
  const faults = await describeFaults(api, watch);
  if (faults.length > 0) throw new Error(`The hosts do not agree with the records:\n- ${faults.join('\n- ')}`);
}

/** True when every application has reached its goals and nothing is under way: another look would find the same. */
export async function isQuiet(api: Api): Promise<boolean> {
  return (await allDetails(api)).every(isDetailQuiet);
}

export async function allDetails(api: Api): Promise<readonly Detail[]> {
  const applications = await api.application.list.query({});
  const details = await Promise.all(applications.map(({ id }) => detailOf(api, id)));
  return details.flatMap((detail) => detail ?? []);
}

/** Null for an application that went away since it was listed. */
async function detailOf(api: Api, applicationId: string): Promise<Detail | null> {
  try {
    return await api.application.get.query({ applicationId });
  } catch (error) {
    if (error instanceof TRPCClientError && error.data?.code === 'not-found') return null;
    throw error;
  }
}

function isDetailQuiet({ entities, instances, rollout }: Detail): boolean {
  if (rollout !== null && rollout.endedAt === null) return false;
  const actual = { running: 'RUNNING', stopped: 'STOPPED', destroyed: 'DESTROYED' } as const;
  const isReached = (entity: (typeof entities)[number]) => entity.actual === actual[entity.goal] || isCompleted(entity);
  if (entities.some((entity) => entity.goal === 'destroyed' || !isReached(entity))) return false;
  if (entities.some((entity) => entity.size !== null && entities.filter((other) => other.parentId === entity.id).length !== entity.size))
    return false;
  const serving = instances.filter((instance) => instance.state === 'running' && instance.ready && instance.stoppingSince === null);
  const owners = new Map(entities.map((entity) => [entity.instanceId, entity]));
  return instances.every((instance) => {
    const owner = owners.get(instance.id);
    if (!owner) return false;
    return owner.goal === 'stopped' || isCompleted(owner)
      ? instance.state === 'exited'
      : serving.includes(instance) && servesAllThere(instance, serving);
  });
}

function servesAllThere(instance: Detail['instances'][number], serving: readonly Detail['instances'][number][]): boolean {
  return instance.serves.every((id) => serving.some((other) => other.id === id));
}

function wrongEntities({ entities, instances }: Detail, containers: readonly FoundContainer[]): readonly string[] {
  const hasInstance = new Set(instances.map((instance) => instance.entityId));
  return entities.flatMap((entity) => {
    const found = containers.filter((container) => container.entityId === entity.id);
    const instance = instances.find((one) => one.id === entity.instanceId);
    if (!instance && !hasInstance.has(entity.id) && found.length === 0) return [];
    const names = found.map(({ host, name, isRunning }) => `${name} on ${host}${isRunning ? '' : ' (stopped)'}`).join(', ') || 'none';
    const only = found.length === 1 ? found[0] : undefined;
    const isRight = only?.name === instance?.containerName && only?.isRunning === (entity.goal === 'running' && !isCompleted(entity));
    return isRight ? [] : [`${entity.name} should have ${instance?.containerName ?? 'no container'}, ${entity.goal}; it has ${names}`];
  });
}

const containerList = z.array(
  z.object({ Id: z.string(), Names: z.array(z.string()), State: z.string(), Labels: z.record(z.string(), z.string()) }),
);

async function containersOn(host: LabHost, { planeId, sentinels }: WorldWatch): Promise<readonly FoundContainer[]> {
  const list = containerList.parse(await engineGet(host, `/containers/json?all=1&${labelFilter(`${LABEL.plane}=${planeId}`)}`));
  const foreign = sentinels.get(host.name)?.containers ?? [];
  return list
    .filter((container) => !foreign.includes(container.Id))
    .map(({ Names: [name = ''], State, Labels }) => {
      return { host: host.name, name: name.slice(1), entityId: Labels[LABEL.entity] ?? '', isRunning: State === 'running' };
    });
}

const volumeList = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullable() });

async function volumesOn(host: LabHost, { planeId, sentinels }: WorldWatch): Promise<readonly { host: string; name: string }[]> {
  const { Volumes } = volumeList.parse(await engineGet(host, '/volumes'));
  const foreign = sentinels.get(host.name)?.volumes ?? [];
  const names = (Volumes ?? []).map((volume) => volume.Name);
  return names.filter((name) => name.startsWith(`ckv-${planeId}-`) && !foreign.includes(name)).map((name) => ({ host: host.name, name }));
}

const networkList = z.array(z.object({ Id: z.string(), Name: z.string() }));

/** VXLAN links of the host that Clocker has made. */
async function linksOn(host: LabHost): Promise<readonly { readonly host: string; readonly name: string }[]> {
  const { stdout } = await run('nsenter', ['--target', String(host.pid), '--net', 'ip', '-o', 'link', 'show', 'type', 'vxlan']);
  return [...stdout.matchAll(/\b(ckx[0-9a-z]+)\b/g)].map(([, name = '']) => ({ host: host.name, name }));
}

async function networksOn(host: LabHost, { planeId, sentinels }: WorldWatch): Promise<readonly { host: string; name: string }[]> {
  const foreign = sentinels.get(host.name)?.networks ?? [];
  const own = networkList
    .parse(await engineGet(host, '/networks'))
    .filter(({ Id, Name }) => Name.startsWith(`ckn-${planeId}-`) && !foreign.includes(Id));
  return own.map(({ Name }) => ({ host: host.name, name: Name }));
}

interface OwnerRecords {
  readonly volume: readonly { readonly volumeName: string; readonly entityId: string }[];
  readonly lease: readonly { readonly id: string; readonly ownerId: string }[];
  readonly instance: readonly { readonly id: string }[];
  readonly network: readonly { readonly id: string; readonly networkName: string }[];
  readonly virtualNetwork: readonly { readonly vni: number }[];
}

/** All records of these kinds, over the live stream. */
function readRecords(api: Api, kinds: Kind[]): Promise<OwnerRecords> {
  return new Promise((resolve, reject) => {
    const found: { [K in keyof OwnerRecords]: OwnerRecords[K][number][] } = {
      volume: [],
      lease: [],
      instance: [],
      network: [],
      virtualNetwork: [],
    };
    const subscription = api.events.watch.subscribe(
      { kinds },
      {
        onData: ({ id, data }) => {
          for (const change of 'snapshot' in data ? data.snapshot : data.changes) {
            if (change.kind === 'volume' && change.record) found.volume.push(change.record);
            if (change.kind === 'virtualNetwork' && change.record) found.virtualNetwork.push(change.record);
            if (change.kind === 'lease' && change.record) found.lease.push(change.record);
            if (change.kind === 'instance' && change.record) found.instance.push(change.record);
            if (change.kind === 'network' && change.record) found.network.push(change.record);
          }
          if (id === '0') return;
          subscription.unsubscribe();
          resolve(found);
        },
        onError: reject,
      },
    );
  });
}
