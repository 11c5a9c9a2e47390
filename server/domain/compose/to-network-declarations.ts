import ipaddr from 'ipaddr.js';
import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceMap } from '../blueprint/source-node.ts';
import { addNoEffect, addNote, addUnsupported, addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeContext } from './compose-model.ts';
import { type Pair, readFlag, readList, readMap, readPairs, readText } from './read-value.ts';

const NETWORK_KEYS = [
  'name',
  'driver',
  'driver_opts',
  'attachable',
  'enable_ipv4',
  'enable_ipv6',
  'external',
  'internal',
  'ipam',
  'labels',
];
/** Beside `external: true`: not of one host, but a network of the cloud. */
export const SHARED = 'x-shared';
const IPAM_KEYS = ['driver', 'config', 'options'];
const POOL_KEYS = ['subnet', 'ip_range', 'gateway', 'aux_addresses'];

/** `networks` at the top of the file, as config of the application. */
export function toNetworkDeclarations({ model, findings }: ComposeContext): readonly SourceEntry[] {
  const declared = [...model.networks.values()].flatMap((entry) => {
    const map = readMap(findings, entry);
    const shared = map?.entries.get(SHARED);
    const kind = shared !== undefined && readFlag(findings, shared) ? 'shared' : 'external';
    const outside = map === undefined ? null : readOutside(entry, map, findings, kind);
    if (outside !== null) return outside;
    return [entryAt(entry.range, entry.key, mapAt(entry.value.range, map === undefined ? [] : toNetwork(map, findings)))];
  });
  const [first] = model.networks.values();
  return first === undefined || declared.length === 0 ? [] : [entryAt(first.range, 'docker.networks', mapAt(first.range, declared))];
}

/**
 * `external`: made by somebody else, and there under its `name` or, without one, under the name that it has in the file. Null for one that the
 * application makes; nothing where it cannot be read.
 */
export function readOutside(
  declared: SourceEntry,
  map: SourceMap,
  findings: Findings,
  kind: 'external' | 'shared' = 'external',
): readonly SourceEntry[] | null {
  const external = map.entries.get('external');
  if (external === undefined || (external.value.kind !== 'map' && readFlag(findings, external) !== true)) return null;
  // Files before version 3.5 gave the name below “external”.
  const name = (external.value.kind === 'map' ? external.value.entries.get('name') : undefined) ?? map.entries.get('name');
  for (const entry of map.entries.values()) {
    if (entry.key !== 'external' && entry.key !== 'name' && !entry.key.startsWith('x-'))
      addValue(findings, entry.value, `${quoteText(entry.key)} and “external” exclude each other: what is there is as it is.`);
  }
  const text = name === undefined ? declared.key : readText(findings, name);
  if (text === undefined) return [];
  return [
    entryAt(declared.range, declared.key, mapAt(declared.value.range, [entryAt(external.range, kind, scalarAt(external.range, text))])),
  ];
}

export function addOwnName(map: SourceMap, what: string, findings: Findings): void {
  const name = map.entries.get('name');
  if (name !== undefined) addNoEffect(findings, name, `the ${what} belongs to its application and is named by Clocker`);
}

function toNetwork(map: SourceMap, findings: Findings): readonly SourceEntry[] {
  checkKeys(findings, map, NETWORK_KEYS);
  addOwnName(map, 'network', findings);
  checkDriver(map.entries.get('driver'), findings);
  const attachable = map.entries.get('attachable');
  if (attachable !== undefined) addNote(findings, attachable, 'changes nothing: only containers of the application are on its networks');
  const ipv6 = map.entries.get('enable_ipv6');
  if (ipv6 !== undefined && readFlag(findings, ipv6)) addNoEffect(findings, ipv6, 'networks have IPv4 addresses');
  const ipv4 = map.entries.get('enable_ipv4');
  if (ipv4 !== undefined && readFlag(findings, ipv4) === false) addUnsupported(findings, ipv4, 'networks have IPv4 addresses');
  const internal = map.entries.get('internal');
  const isInternal = readFlag(findings, internal);
  return [
    ...(internal === undefined || isInternal === undefined
      ? []
      : [entryAt(internal.range, 'internal', scalarAt(internal.value.range, isInternal))]),
    ...toPool(map.entries.get('ipam'), findings),
    ...toTexts(map.entries.get('driver_opts'), 'options', findings),
    ...toTexts(map.entries.get('labels'), 'labels', findings),
  ];
}

function checkDriver(entry: SourceEntry | undefined, findings: Findings): void {
  const driver = entry === undefined ? undefined : readText(findings, entry);
  if (entry === undefined || driver === undefined || driver === 'bridge' || driver === 'default') return;
  const reason = 'a network is a bridge on the host that runs the application';
  if (driver === 'overlay') addNoEffect(findings, entry, reason);
  else addUnsupported(findings, entry, reason, 'Leave “driver” away.');
}

/** Texts by key; undefined ones are empty. */
export function toTexts(entry: SourceEntry | undefined, key: string, findings: Findings): readonly SourceEntry[] {
  const pairs = readPairs(findings, entry);
  if (entry === undefined || pairs.length === 0) return [];
  return [entryAt(entry.range, key, mapAt(entry.value.range, pairs.map(toTextEntry)))];
}

function toTextEntry({ key, keyRange, range, value }: Pair): SourceEntry {
  return entryAt(keyRange, key, scalarAt(range, value ?? ''));
}

function toPool(ipam: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const map = readMap(findings, ipam);
  if (map === undefined) return [];
  checkKeys(findings, map, IPAM_KEYS);
  const driver = map.entries.get('driver');
  const driverText = driver === undefined ? undefined : readText(findings, driver);
  if (driver !== undefined && driverText !== undefined && driverText !== 'default')
    addUnsupported(findings, driver, 'addresses are given by Docker');
  const options = map.entries.get('options');
  if (options !== undefined) addNoEffect(findings, options, 'addresses are given by Docker');
  const pools = readList(findings, map.entries.get('config')).flatMap((node) => {
    if (node.kind !== 'map') addValue(findings, node, 'A pool of addresses needs “subnet”.');
    return node.kind === 'map' ? [node] : [];
  });
  const [first, ...more] = pools.filter((pool) => !isIpv6(pool, findings));
  for (const pool of more) addValue(findings, pool, 'A network has one subnet of IPv4 addresses.');
  return first === undefined ? [] : readPool(first, findings);
}

function isIpv6(pool: SourceMap, findings: Findings): boolean {
  const subnet = pool.entries.get('subnet');
  const text = subnet === undefined ? undefined : readText(findings, subnet);
  if (subnet === undefined || !text?.includes(':')) return false;
  addNoEffect(findings, subnet, 'networks have IPv4 addresses');
  return true;
}

function readPool(pool: SourceMap, findings: Findings): readonly SourceEntry[] {
  checkKeys(findings, pool, POOL_KEYS);
  const others = pool.entries.get('aux_addresses');
  if (others !== undefined) addNoEffect(findings, others, 'no addresses are kept back');
  return [
    ...readCidr(pool.entries.get('subnet'), 'subnet', findings),
    ...readCidr(pool.entries.get('ip_range'), 'ipRange', findings),
    ...readAddress(pool.entries.get('gateway'), 'gateway', findings),
  ];
}

function readCidr(entry: SourceEntry | undefined, key: string, findings: Findings): readonly SourceEntry[] {
  const text = entry === undefined ? undefined : readText(findings, entry);
  if (entry === undefined || text === undefined) return [];
  const [address = '', bits = ''] = text.split('/');
  const valid = ipaddr.IPv4.isValidFourPartDecimal(address) && /^\d{1,2}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= 30;
  if (!valid) {
    addValue(findings, entry.value, `${quoteText(text)} is no subnet such as 172.28.0.0/16, with 1 to 30 bits.`);
    return [];
  }
  const network = ipaddr.IPv4.networkAddressFromCIDR(text).toString();
  if (network === address) return [entryAt(entry.range, key, scalarAt(entry.value.range, text))];
  const hint = `Did you mean ${network}/${bits}?`;
  const fix = { title: `Write ${network}/${bits}`, text: `${network}/${bits}` };
  findings.add('compose-value', {
    ...placeOf(entry.value),
    message: `${quoteText(text)} is an address within a subnet, not a subnet.`,
    hint,
    fix,
  });
  return [];
}

export function readAddress(entry: SourceEntry | undefined, key: string, findings: Findings): readonly SourceEntry[] {
  const text = entry === undefined ? undefined : readText(findings, entry);
  if (entry === undefined || text === undefined) return [];
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return [entryAt(entry.range, key, scalarAt(entry.value.range, text))];
  addValue(findings, entry.value, `${quoteText(text)} is no IPv4 address such as 172.28.0.5.`);
  return [];
}
