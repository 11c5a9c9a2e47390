import { z } from 'zod';
import { Secret } from '../../domain/shared/secret.ts';
import type { CallOptions } from '../../ports/docker-engine.ts';
import type { CreateOverlay, DockerSwarm, InitSwarm, SwarmState } from '../../ports/docker-swarm.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';

const PORT = 2377;
/** For the networks to which nobody gives addresses: there are none. Of RFC 2544, which no LAN has. */
const UNUSED_POOL = { DefaultAddrPool: ['198.18.0.0/24'], SubnetSize: 29 };
const INGRESS = 'ingress';

const infoSchema = z.object({
  DockerRootDir: z.string(),
  LiveRestoreEnabled: z.boolean().default(false),
  Swarm: z.object({
    NodeID: z.string().default(''),
    LocalNodeState: z.enum(['', 'inactive', 'pending', 'active', 'error', 'locked']),
    ControlAvailable: z.boolean().default(false),
    RemoteManagers: z.array(z.object({ Addr: z.string() })).nullish(),
    Cluster: z.object({ Spec: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).optional() }).nullish(),
  }),
});

const nodeSchema = z.object({
  ID: z.string(),
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({ Role: z.enum(['manager', 'worker']) }),
  Status: z.object({ State: z.string(), Addr: z.string().default('') }),
  ManagerStatus: z.object({ Leader: z.boolean().default(false), Reachability: z.string().default('') }).nullish(),
});

/** dockerode as it is: its types forget that these calls take options, and what their bodies are. */
interface SwarmClient {
  info(options: object): Promise<unknown>;
  swarmInit(options: object): Promise<unknown>;
  swarmJoin(options: object): Promise<unknown>;
  swarmLeave(options: object): Promise<unknown>;
  swarmInspect(options: object): Promise<unknown>;
  listNodes(options: object): Promise<unknown>;
  getNode(id: string): {
    inspect(options: object): Promise<unknown>;
    update(options: object): Promise<unknown>;
    remove(options: object): Promise<unknown>;
  };
}

export function createDockerSwarm({ calls }: Pick<EngineParts, 'calls'>): DockerSwarm {
  async function perform<T>(
    what: string,
    options: CallOptions | undefined,
    work: (client: SwarmClient, signal: AbortSignal) => Promise<T>,
    expected?: { readonly statuses: readonly number[]; readonly value: T },
  ): Promise<T> {
    return await calls.call<T>({
      ...{ what, options, deadlineMs: DEADLINE_MS.swarm, ...(expected ? { expected } : {}) },
      perform: (docker, signal) => work(docker as unknown as SwarmClient, signal),
    });
  }

  async function init(
    { address, labels }: InitSwarm,
    { what, force, ...options }: CallOptions & { what: string; force: boolean },
  ): Promise<void> {
    const body = {
      ...{ ListenAddr: `0.0.0.0:${PORT}`, AdvertiseAddr: address, ForceNewCluster: force, ...UNUSED_POOL },
      Spec: { Labels: labels },
    };
    await perform(what, options, (docker, abortSignal) => docker.swarmInit({ ...body, abortSignal }));
  }

  return {
    state: async (options) => toState(await perform('state of the Swarm', options, (docker, abortSignal) => docker.info({ abortSignal }))),
    init: async (request, options) => {
      await init(request, { what: 'start of a Swarm', force: false, ...options });
      await calls.call<unknown>({
        ...{ what: 'removal of the ingress network', options, deadlineMs: DEADLINE_MS.network },
        expected: { statuses: [404], value: undefined },
        perform: (docker, abortSignal) => docker.getNetwork(INGRESS).remove({ abortSignal }),
      });
    },
    recover: (request, options) => init(request, { what: 'recovery of the Swarm', force: true, ...options }),
    join: async ({ address, managers, token }, options) => {
      const body = {
        ...{ ListenAddr: `0.0.0.0:${PORT}`, AdvertiseAddr: address },
        RemoteAddrs: managers.map((manager) => `${manager}:${PORT}`),
      };
      await perform('joining of a Swarm', options, (docker, abortSignal) =>
        docker.swarmJoin({ ...body, JoinToken: token.reveal(), abortSignal }),
      );
    },
    leave: async ({ force, signal }) => {
      await perform<unknown>(
        'leaving of the Swarm',
        signal && { signal },
        (docker, abortSignal) => docker.swarmLeave({ force, abortSignal }),
        { statuses: [406, 503], value: undefined },
      );
    },
    joinToken: async (options) => {
      const answer = await perform('token of the Swarm', options, (docker, abortSignal) => docker.swarmInspect({ abortSignal }));
      return new Secret(z.object({ JoinTokens: z.object({ Worker: z.string() }) }).parse(answer).JoinTokens.Worker);
    },
    nodes: async (options) => {
      const answer = await perform('list of nodes', options, (docker, abortSignal) => docker.listNodes({ abortSignal }));
      return z.array(nodeSchema).parse(answer).map(toNode);
    },
    changeRole: async (nodeId, role, options) => {
      const found = await perform('inspection of a node', options, (docker, abortSignal) =>
        docker.getNode(toObjectName(nodeId)).inspect({ abortSignal }),
      );
      const { Version, Spec } = nodeSchema.parse(found);
      const body = { _query: { version: Version.Index }, _body: { ...Spec, Role: role } };
      await perform('change of a node', options, (docker, abortSignal) =>
        docker.getNode(toObjectName(nodeId)).update({ ...body, abortSignal }),
      );
    },
    removeNode: async (nodeId, options) => {
      await perform<unknown>(
        'removal of a node',
        options,
        (docker, abortSignal) => docker.getNode(toObjectName(nodeId)).remove({ force: true, abortSignal }),
        { statuses: [404], value: undefined },
      );
    },
    createOverlay: async (request, options) => {
      await calls.call<unknown>({
        ...{ what: `creation of network ${request.name}`, options, deadlineMs: DEADLINE_MS.network },
        perform: (docker, abortSignal) => docker.createNetwork({ ...toOverlay(request), abortSignal }),
      });
    },
    removeOverlay: async (id, options) => {
      await calls.call<unknown>({
        ...{ what: 'removal of an overlay network', options, deadlineMs: DEADLINE_MS.network },
        expected: { statuses: [404], value: undefined },
        perform: (docker, abortSignal) => docker.getNetwork(toObjectName(id)).remove({ abortSignal }),
      });
    },
    overlays: async (options) => {
      const listed = await calls.call({
        ...{ what: 'list of networks', options, deadlineMs: DEADLINE_MS.list },
        perform: (docker, abortSignal) => docker.listNetworks({ filters: { driver: ['overlay'] }, abortSignal }),
      });
      return listed.map(({ Id: id, Name: name, Labels }) => ({ id, name, labels: Labels ?? {} }));
    },
  };
}

function toState(answer: unknown): SwarmState {
  const { DockerRootDir, LiveRestoreEnabled: liveRestore, Swarm } = infoSchema.parse(answer);
  return {
    ...{ kind: Swarm.LocalNodeState === '' ? 'inactive' : Swarm.LocalNodeState, nodeId: Swarm.NodeID },
    ...{ isManager: Swarm.ControlAvailable, liveRestore, labels: Swarm.Cluster?.Spec ? (Swarm.Cluster.Spec.Labels ?? {}) : null },
    folder: `${DockerRootDir}/swarm`,
    managers: (Swarm.RemoteManagers ?? []).map(({ Addr }) => Addr.replace(/:\d+$/, '')),
  };
}

function toNode({ ID: id, Spec, Status, ManagerStatus }: z.infer<typeof nodeSchema>) {
  return {
    ...{ id, role: Spec.Role, isReady: Status.State === 'ready', address: Status.Addr },
    isReachable: ManagerStatus?.Reachability === 'reachable',
    isLeader: ManagerStatus?.Leader === true,
  };
}

/** Internal for Docker, as containers have their way out beside it: otherwise it would put them on a bridge of the host that all networks share. */
function toOverlay({ name, vni, subnet, range, gateway, underlayMtu, isEncrypted, labels }: CreateOverlay) {
  return {
    ...{ Name: toObjectName(name), CheckDuplicate: true, Driver: 'overlay', Attachable: true, Internal: true },
    IPAM: { Driver: 'default', Config: [{ Subnet: subnet, IPRange: range, Gateway: gateway }] },
    Options: {
      'com.docker.network.driver.mtu': String(underlayMtu),
      'com.docker.network.driver.overlay.vxlanid_list': String(vni),
      ...(isEncrypted ? { encrypted: '' } : {}),
    },
    Labels: { ...labels },
  };
}
