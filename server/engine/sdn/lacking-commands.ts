import type { Cloud } from '../../domain/entity/host.ts';
import type { EngineContext } from '../engine-context.ts';

/** Every provider's networks have their names by it. */
const NAMES_COMMAND = 'dnsmasq';
/** Of Debian and what comes from it, where a command is not called as its package. */
const PACKAGES: Readonly<Record<string, string>> = {
  ...{ ip: 'iproute2', bridge: 'iproute2', dnsmasq: 'dnsmasq-base', bird: 'bird2', birdc: 'bird2', nft: 'nftables' },
  ...{ nsenter: 'util-linux', docker: 'docker-ce-cli' },
};

/** Of the commands that a host has not, those that the networks of its cloud need. */
export function lackingCommands(
  { plugins }: Pick<EngineContext, 'plugins'>,
  cloud: Cloud | undefined,
  lacks: readonly string[] = [],
): readonly string[] {
  const provider = cloud?.networking && plugins.sdnProviders.get(cloud.networking.provider);
  if (!provider) return [];
  return lacks.filter((command) => command === NAMES_COMMAND || provider.commands.includes(command));
}

export function packagesOf(commands: readonly string[]): readonly string[] {
  return [...new Set(commands.map((command) => PACKAGES[command] ?? command))];
}
