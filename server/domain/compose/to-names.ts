import { quoteText } from '../blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, type SourceNode } from '../blueprint/source-node.ts';
import { addNote, addValue } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { readText, readTexts } from './read-value.ts';

/** Names by which a service is found on every network of it: its container's, and those that others link it by. */
export function toServiceAliases(service: ComposeService, links: ReadonlyMap<string, readonly SourceEntry[]>): readonly SourceEntry[] {
  const { attributes, context, name } = service;
  const entry = attributes.get('container_name');
  const containerName = entry === undefined ? undefined : readText(context.findings, entry);
  const names = new Map<string, SourceNode>();
  if (entry !== undefined && containerName !== undefined) {
    if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(containerName)) {
      addNote(context.findings, entry, 'is a name of the service on its networks; containers are named by Clocker');
      if (containerName !== name) names.set(containerName, entry.value);
    } else addValue(context.findings, entry.value, `${quoteText(containerName)} is no name of a container.`);
  }
  for (const { key, value } of links.get(name) ?? []) if (key !== name) names.set(key, value);
  const [first] = names.values();
  if (first === undefined) return [];
  const items = [...names].map(([alias, node]) => scalarAt(node.range, alias));
  return [entryAt(entry?.range ?? first.range, 'docker.container.aliases', listAt(first.range, items))];
}

/** Aliases of `links` by the service that they lead to. */
export function readLinkAliases(services: readonly ComposeService[]): ReadonlyMap<string, readonly SourceEntry[]> {
  const aliases = new Map<string, SourceEntry[]>();
  for (const { attributes, context } of services) {
    for (const { text, range } of readTexts(context.findings, attributes.get('links'))) {
      const [target = '', alias] = text.split(':');
      if (alias === undefined || alias === '') continue;
      const known = aliases.get(target) ?? [];
      known.push(entryAt(range, alias, scalarAt(range, alias)));
      aliases.set(target, known);
    }
  }
  return aliases;
}

/** `extra_hosts`: a list of `host=address` or `host:address`, or a map. */
export function toExtraHosts({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  const entry = attributes.get('extra_hosts');
  if (entry === undefined || isNothing(entry.value)) return [];
  const hosts = new Map<string, { readonly range: SourceEntry['range']; readonly addresses: SourceNode[] }>();
  const add = (host: string, address: string, range: SourceEntry['range']) => {
    const known = hosts.get(host) ?? { range, addresses: [] };
    known.addresses.push(scalarAt(range, address.replace(/^\[(.*)\]$/, '$1')));
    hosts.set(host, known);
  };
  if (entry.value.kind === 'map') {
    for (const { key, value, range } of entry.value.entries.values()) {
      for (const { text } of readTexts(findings, { key, value, range })) add(key, text, range);
    }
  } else {
    for (const { text, range } of readTexts(findings, entry)) {
      const match = /^([^=:]+)[=:](.+)$/.exec(text);
      if (match?.[1] !== undefined && match[2] !== undefined) add(match[1].trim(), match[2].trim(), range);
      else addValue(findings, scalarAt(range, text), `${quoteText(text)} is not NAME=ADDRESS.`);
    }
  }
  const entries = [...hosts].map(([host, { range, addresses }]) => {
    const [only] = addresses;
    return entryAt(range, host, addresses.length === 1 && only !== undefined ? only : listAt(range, addresses));
  });
  return entries.length === 0 ? [] : [entryAt(entry.range, 'docker.container.extraHosts', mapAt(entry.value.range, entries))];
}
