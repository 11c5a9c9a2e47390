import ipaddr from 'ipaddr.js';
import { type Findings, quoteText } from '../blueprint/findings.ts';
import { nearestNames, sayNearest } from '../blueprint/nearest-name.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addUnsupported, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { readInteger, readMap, readText, readTexts } from './read-value.ts';

const KEY = 'docker.container.networks';
const ENDPOINT_KEYS = [
  'aliases',
  'driver_opts',
  'gw_priority',
  'interface_name',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
  'priority',
];
const NO_EFFECT = ['driver_opts', 'gw_priority', 'interface_name', 'link_local_ips'];

/** Networks of the service, the one of highest priority first. Compose puts a service that names none on `default`. */
export function toNetworks(service: ComposeService): readonly SourceEntry[] {
  const { attributes, context, entry } = service;
  const mode = attributes.get('network_mode');
  const given = attributes.get('networks');
  if (mode !== undefined) return toNetworkMode(mode, given, context.findings);
  const endpoints = given === undefined || isNothing(given.value) ? [] : readEndpoints(given, context);
  if (given === undefined || endpoints.length === 0) {
    const range = given?.range ?? entry.range;
    return [entryAt(range, KEY, listAt(range, [toEndpoint({ name: 'default', range, options: undefined, priority: 0 }, service, true)]))];
  }
  const sorted = endpoints.toSorted((a, b) => b.priority - a.priority);
  const items = sorted.map((endpoint, index) => toEndpoint(endpoint, service, index === 0));
  return [entryAt(given.range, KEY, listAt(given.value.range, items))];
}

function toNetworkMode(mode: SourceEntry, given: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  if (given !== undefined && !isNothing(given.value)) {
    findings.add('compose-conflict', {
      ...placeOf(given),
      message: '“networks” and “network_mode” exclude each other.',
      hint: 'Keep one.',
    });
  }
  const text = readText(findings, mode);
  if (text === 'none' || text === 'bridge' || text === 'host')
    return [entryAt(mode.range, 'docker.container.networkMode', scalarAt(mode.value.range, text))];
  if (text !== undefined && /^(service|container):/.test(text)) {
    const hint = 'Put both services on one network: they reach each other by name.';
    addUnsupported(findings, mode, 'containers do not share the network of another', hint);
  } else if (text !== undefined) addUnsupported(findings, mode, `${quoteText(text)} is no network mode here`, 'Use “networks”.');
  return [];
}

interface Endpoint {
  readonly name: string;
  readonly range: SourceEntry['range'];
  readonly options: SourceMap | undefined;
  readonly priority: number;
}

function readEndpoints(given: SourceEntry, context: ComposeContext): readonly Endpoint[] {
  const { findings } = context;
  const named: readonly Endpoint[] =
    given.value.kind === 'map'
      ? [...given.value.entries.values()].map((entry) => {
          const options = readMap(findings, entry);
          const priority = readInteger(findings, options?.entries.get('priority'), { min: -1_000_000, max: 1_000_000 }) ?? 0;
          return { name: entry.key, range: entry.range, options, priority };
        })
      : readTexts(findings, given).map(({ text, range }) => ({ name: text, range, options: undefined, priority: 0 }));
  return named.filter((endpoint) => isDeclared(endpoint, context));
}

function isDeclared(endpoint: Endpoint, { model, findings }: ComposeContext): boolean {
  if (endpoint.name === 'default' || model.networks.has(endpoint.name)) return true;
  const near = nearestNames(endpoint.name, model.networks.keys());
  findings.add('compose-reference', {
    ...placeOf(endpoint),
    message: `There is no network ${quoteText(endpoint.name)} in this file.`,
    hint: sayNearest(near) ?? `Add “networks:” at the top of the file, and “${endpoint.name}:” below it.`,
    fix:
      near[0] === undefined
        ? { title: `Add the network ${endpoint.name}`, add: { path: ['networks', endpoint.name], value: {} } }
        : { title: `Write ${near[0]}`, text: near[0] },
  });
  return false;
}

function toEndpoint({ name, range, options }: Endpoint, service: ComposeService, first: boolean): SourceNode {
  const { findings } = service.context;
  const settings: SourceEntry[] = [];
  if (options !== undefined) {
    checkKeys(findings, options, ENDPOINT_KEYS);
    for (const key of NO_EFFECT) {
      const entry = options.entries.get(key);
      if (entry !== undefined) addNoEffect(findings, entry, 'a container is attached to a network in one way');
    }
    const ipv6 = options.entries.get('ipv6_address');
    if (ipv6 !== undefined) addUnsupported(findings, ipv6, 'networks have IPv4 addresses');
    settings.push(...toAliases(options.entries.get('aliases'), findings));
    settings.push(...toAddress(options.entries.get('ipv4_address')));
    settings.push(...rename(options.entries.get('mac_address'), 'macAddress', findings));
  }
  // Of the container as a whole it was the one of its first network.
  const ofService = first ? service.attributes.get('mac_address') : undefined;
  if (ofService !== undefined && !settings.some(({ key }) => key === 'macAddress'))
    settings.push(...rename(ofService, 'macAddress', findings));
  if (settings.length === 0) return scalarAt(range, name);
  return mapAt(range, [entryAt(range, 'name', scalarAt(range, name)), ...settings]);
}

function toAliases(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const aliases = readTexts(findings, entry).map(({ text, range }) => scalarAt(range, text));
  return entry === undefined || aliases.length === 0 ? [] : [entryAt(entry.range, 'aliases', listAt(entry.value.range, aliases))];
}

/** What is wrong with it is told where all addresses are known. */
function toAddress(entry: SourceEntry | undefined): readonly SourceEntry[] {
  const text = textOf(entry?.value);
  if (entry === undefined || text === null || !ipaddr.IPv4.isValidFourPartDecimal(text)) return [];
  return [entryAt(entry.range, 'address', scalarAt(entry.value.range, text))];
}

function rename(entry: SourceEntry | undefined, key: string, findings: Findings): readonly SourceEntry[] {
  const text = entry === undefined ? undefined : readText(findings, entry);
  return entry === undefined || text === undefined ? [] : [entryAt(entry.range, key, scalarAt(entry.value.range, text))];
}
