import type { NetworkCreateOptions, NetworkInspectInfo } from 'dockerode';
import type { NetworkDefinition } from '../../domain/entity/container-spec.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';

/** dockerode as it is: its types forget that this call takes options too. */
interface Inspectable {
  inspect(options: { readonly abortSignal: AbortSignal }): Promise<NetworkInspectInfo>;
}

export function networkCalls({
  calls,
}: EngineParts): Pick<DockerEngine, 'createNetwork' | 'inspectNetwork' | 'listNetworks' | 'removeNetwork'> {
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
      return found && { id: found.Id, name: found.Name, labels: found.Labels ?? {} };
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

function toAddresses({ subnet, gateway, ipRange }: NetworkDefinition): Pick<NetworkCreateOptions, 'IPAM'> {
  if (subnet === undefined) return {};
  const config = { Subnet: subnet, ...(gateway ? { Gateway: gateway } : {}), ...(ipRange ? { IPRange: ipRange } : {}) };
  return { IPAM: { Driver: 'default', Config: [config] } };
}
