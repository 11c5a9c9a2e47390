import type { Host } from '../../domain/entity/host.ts';
import type { NetworkRecord } from '../../domain/network/network-record.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Assembling, AssemblyHost } from '../../ports/sdn-assembly.ts';
import type { HostNetwork, RootShell } from '../../ports/sdn-provider.ts';
import type { EngineContext } from '../engine-context.ts';
import { asRoot } from './root-shell.ts';

interface Own {
  readonly provider: string;
  readonly changing: RootShell;
  readonly networks: readonly HostNetwork[];
}

/** A host that is settled among those of its cloud, as the provider's assembly looks at them. */
export function toAssembling({ store, hosts, secrets }: EngineContext, host: Host, { provider, changing, networks }: Own): Assembling {
  const { view } = store;
  const parts = partsOf(view.all('network').values(), (id) => view.get('virtualNetwork', id)?.networking.provider === provider);
  const isWanted = (id: string): boolean => parts.some(({ hostId, state }) => hostId === id && state !== 'removing');
  const has = (id: string): boolean => parts.some(({ hostId }) => hostId === id);
  const toHost = ({ id, name, facts }: Host): AssemblyHost | null => {
    const session = hosts.ready(id);
    if (!session) return null;
    const { engine, shell } = session;
    return { id, name, address: facts?.underlay?.address ?? '', isWanted: isWanted(id), swarm: engine.swarm, shell: asRoot(shell, name) };
  };
  const all = view.hostsOf(host.cloudId ?? '').toSorted((a, b) => a.order - b.order);
  const self = toHost(host);
  if (!self) throw new ClockerError('host.unreachable', { message: `${host.name} is not ready`, retryable: true });
  const rest = all.filter(({ id }) => id !== host.id);
  return {
    ...{ planeId: secrets.planeId, cloudId: host.cloudId ?? '', self, changing, networks },
    others: rest.flatMap((one) => (has(one.id) ? (toHost(one) ?? []) : [])),
    away: rest
      .filter(({ id }) => has(id) && !hosts.ready(id))
      .map(({ name, facts }) => ({ name, address: facts?.underlay?.address ?? '' })),
    inUse: parts
      .filter(({ hostId, state }) => hostId !== host.id || state !== 'removing')
      .flatMap(({ reach }) => view.get('virtualNetwork', reach?.networkId ?? '')?.vni ?? []),
  };
}

function partsOf(all: Iterable<NetworkRecord>, isOfProvider: (networkId: string) => boolean): readonly NetworkRecord[] {
  return [...all].filter(({ reach }) => reach !== undefined && isOfProvider(reach.networkId));
}
