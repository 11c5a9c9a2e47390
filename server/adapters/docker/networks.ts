import type { NetworkConnectOptions, NetworkCreateOptions, NetworkInspectInfo } from 'dockerode';
import type { NetworkDefinition } from '../../domain/entity/container-spec.ts';
import type { CallOptions, ConnectNetwork, DockerEngine, NetworkView } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';
import { toEndpoint } from './to-create-options.ts';

/** dockerode as it is: its types forget that these calls take options too, and are waited for. */
interface Inspectable {
  inspect(options: { readonly abortSignal: AbortSignal }): Promise<NetworkInspectInfo>;
}

interface Disconnectable {
  disconnect(options: { readonly Container: string; readonly abortSignal: AbortSignal }): Promise<void>;
}

export function networkCalls({
  calls,
}: EngineParts): Pick<
  DockerEngine,
  'connectNetwork' | 'createNetwork' | 'disconnectNetwork' | 'inspectNetwork' | 'listNetworks' | 'removeNetwork'
> {
  return {
    createNetwork: async ({ name, definition, labels }, options) => {
      const body: NetworkCreateOptions = {
        Name: toObjectName(name),
        // Without it, engines before 25 make a second network of the same name.
        CheckDuplicate: true,
        Driver: 'bridge',
        Internal: definition.internal ?? false,
        Options: { ...definition.options },
        Labels: { ...definition.labels, ...labels },
        ...toAddresses(definition),
      };
      const network = await calls.call({
        what: `creation of network ${name}`,
        deadlineMs: DEADLINE_MS.network,
        options,
        perform: (docker, abortSignal) => docker.createNetwork({ ...body, abortSignal }),
      });
      return { networkId: network.id };
    },
    inspectNetwork: async (nameOrId, options) => {
      const path = toObjectName(nameOrId);
      const found = await calls.call<NetworkInspectInfo | null>({
        what: `inspection of network ${nameOrId}`,
        deadlineMs: DEADLINE_MS.inspect,
        options,
        expected: { statuses: [404], value: null },
        perform: (docker, abortSignal) => (docker.getNetwork(path) as unknown as Inspectable).inspect({ abortSignal }),
      });
      return found && { id: found.Id, name: found.Name, labels: found.Labels ?? {}, range: toRange(found) };
    },
    connectNetwork: async (name, request, options) => await connectNetwork({ calls }, { name, ...request }, options),
    disconnectNetwork: async (nameOrId, container, options) => {
      const path = toObjectName(nameOrId);
      await calls.call<unknown>({
        what: `leaving of network ${nameOrId}`,
        deadlineMs: DEADLINE_MS.network,
        options,
        expected: { statuses: [404], value: undefined },
        perform: async (docker, abortSignal) => {
          try {
            await (docker.getNetwork(path) as unknown as Disconnectable).disconnect({ Container: container, abortSignal });
          } catch (error) {
            if (!/is not connected to/.test(String(error))) throw error;
          }
        },
      });
    },
    listNetworks: async (options) => {
      const listed = await calls.call({
        what: 'list of networks',
        deadlineMs: DEADLINE_MS.list,
        options,
        perform: (docker, abortSignal) => docker.listNetworks({ abortSignal }),
      });
      return listed.map((network) => ({ name: network.Name, labels: network.Labels ?? {} }));
    },
    removeNetwork: async (nameOrId, options) => {
      const path = toObjectName(nameOrId);
      await calls.call<unknown>({
        what: `removal of network ${nameOrId}`,
        deadlineMs: DEADLINE_MS.network,
        options,
        expected: { statuses: [404], value: undefined },
        perform: (docker, abortSignal) => docker.getNetwork(path).remove({ abortSignal }),
      });
    },
  };
}

/** Also for a container that is being made. */
export async function connectNetwork(
  { calls }: Pick<EngineParts, 'calls'>,
  { name, container, attachment }: ConnectNetwork & { readonly name: string },
  options: CallOptions | undefined,
): Promise<void> {
  const path = toObjectName(name);
  await calls.call<unknown>({
    what: `joining of network ${attachment.name}`,
    deadlineMs: DEADLINE_MS.network,
    options,
    perform: (docker, abortSignal) => {
      const body = { Container: container, EndpointConfig: toEndpoint(attachment), abortSignal };
      return docker.getNetwork(path).connect(body as NetworkConnectOptions);
    },
  });
}

function toAddresses({ subnet, gateway, ipRange }: NetworkDefinition): Pick<NetworkCreateOptions, 'IPAM'> {
  if (subnet === undefined) return {};
  const config = { Subnet: subnet, ...(gateway ? { Gateway: gateway } : {}), ...(ipRange ? { IPRange: ipRange } : {}) };
  return { IPAM: { Driver: 'default', Config: [config] } };
}

function toRange({ IPAM }: NetworkInspectInfo): NetworkView['range'] {
  for (const { Subnet: subnet, Gateway: gateway } of IPAM?.Config ?? []) {
    if (subnet?.includes('.') && gateway) return { subnet, gateway };
  }
  return null;
}
