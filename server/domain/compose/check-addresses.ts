import ipaddr from 'ipaddr.js';
import { addressProblem } from '../blueprint/check-networks.ts';
import { quoteText } from '../blueprint/findings.ts';
import { type SourceEntry, textOf } from '../blueprint/source-node.ts';
import { addValue } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';

/** Static addresses: within the subnet of their network, none of its own, and each given once. */
export function checkAddresses(services: readonly ComposeService[], { model, findings }: ComposeContext): void {
  const given = new Map<string, string>();
  for (const { name, attributes } of services) {
    const networks = attributes.get('networks')?.value;
    if (networks?.kind !== 'map') continue;
    for (const { key, value } of networks.entries.values()) {
      const entry = value.kind === 'map' ? value.entries.get('ipv4_address') : undefined;
      const address = textOf(entry?.value);
      if (entry === undefined || address === null) continue;
      const holder = given.get(`${key} ${address}`);
      const problem = holder === undefined ? problemOf(address, model.networks.get(key)) : `is given to ${quoteText(holder)} too`;
      if (problem !== null) addValue(findings, entry.value, `${quoteText(address)} ${problem}.`);
      given.set(`${key} ${address}`, name);
    }
  }
}

function problemOf(address: string, network: SourceEntry | undefined): string | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return 'is no IPv4 address such as 172.28.0.5';
  if (network?.value.kind === 'map' && network.value.entries.has('external')) return null;
  const pool = poolOf(network);
  const subnet = textOf(pool?.get('subnet')?.value);
  if (subnet === null) return 'needs “ipam” with a “subnet” at its network';
  const gateway = textOf(pool?.get('gateway')?.value);
  return isSubnet(subnet) ? addressProblem(address, { subnet, ...(gateway === null ? {} : { gateway }) }) : null;
}

function poolOf(network: SourceEntry | undefined): ReadonlyMap<string, SourceEntry> | undefined {
  const ipam = network?.value.kind === 'map' ? network.value.entries.get('ipam')?.value : undefined;
  const config = ipam?.kind === 'map' ? ipam.entries.get('config')?.value : undefined;
  const pools = config?.kind === 'list' ? config.items : [];
  const found = pools.find((pool) => pool.kind === 'map' && !textOf(pool.entries.get('subnet')?.value)?.includes(':'));
  return found?.kind === 'map' ? found.entries : undefined;
}

function isSubnet(text: string): boolean {
  return /^[\d.]+\/\d{1,2}$/.test(text) && ipaddr.IPv4.isValidCIDR(text);
}
