import type { ContainerSpec, NetworkAttachment } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { networkRecordId } from '../../domain/network/network-record.ts';
import { domainOn } from '../../domain/network/standing-network.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * A spec as Docker is told it: on networks that reach all hosts with the address that the store has given, and with the host’s own address there as
 * name server. Docker’s names end at the host, so it gets no aliases: it would answer them by itself, with the containers of one host.
 */
export function joinedSpec(
  view: StoreView,
  { spec, endpoints = [], hostId, applicationId }: Pick<Instance, 'spec' | 'endpoints' | 'hostId' | 'applicationId'>,
): ContainerSpec {
  if (endpoints.length === 0) return spec;
  const reached = endpoints.flatMap(({ networkId }) => {
    const network = view.get('virtualNetwork', networkId);
    const reach = network && view.get('network', networkRecordId(hostId, network.networkName))?.reach;
    return network && reach ? [{ network, ...reach }] : [];
  });
  const application = view.get('application', applicationId);
  const { dns = [], dnsSearch = [] } = spec.options ?? {};
  return {
    ...spec,
    networks: (spec.networks ?? []).map((attachment) => {
      const endpoint = endpoints.find(({ network }) => network === attachment.name);
      if (!endpoint) return attachment;
      // Docker's bridge beside a network has addresses of its own.
      if (reached.some(({ networkId, wayOut }) => networkId === endpoint.networkId && wayOut)) return withoutAddress(attachment);
      return { ...attachment, aliases: [], address: endpoint.address, macAddress: endpoint.mac };
    }),
    options: {
      ...spec.options,
      // The first that has a way out also answers for the world: those before it do not know the world, and Docker’s resolver asks on.
      dns: [...reached.map(({ gateway, wayOut }) => wayOut?.gateway ?? gateway), ...dns],
      dnsSearch: [...new Set([...reached.map(({ network }) => domainOn(network, application)), ...dnsSearch])],
    },
  };
}

function withoutAddress({ address: _, macAddress: __, ...rest }: NetworkAttachment): NetworkAttachment {
  return { ...rest, aliases: [] };
}
