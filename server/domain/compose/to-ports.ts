import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, listAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addNote, addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { type ComposePort, formatPort, formatRange, type PortParse, parsePort, toPort } from './parse-port.ts';
import { readList, readText } from './read-value.ts';

const PORT_KEYS = ['target', 'published', 'host_ip', 'protocol', 'mode', 'name', 'app_protocol'];

export interface PortAt extends ComposePort {
  readonly node: SourceNode;
}

/** Ports of the host that lead into the container. */
export function readPorts({ attributes, context: { findings } }: ComposeService): readonly PortAt[] {
  return readList(findings, attributes.get('ports')).flatMap((node) => {
    const parsed = node.kind === 'map' ? readLong(node, findings) : parseShort(node);
    if (parsed === null) return [];
    if (parsed.ok) return [{ ...parsed.port, node }];
    const shown = node.kind === 'scalar' ? `${quoteText(textOf(node) ?? 'nothing')}: ` : '';
    findings.add('compose-port', { ...placeOf(node), message: `${shown}${parsed.message}.`, hint: parsed.hint });
    return [];
  });
}

export function toPortConfig(service: ComposeService, ports: readonly PortAt[]): readonly SourceEntry[] {
  const entry = service.attributes.get('ports');
  const items = ports.map((port) => scalarAt(port.node.range, formatPort(port)));
  return [
    ...(entry === undefined || items.length === 0
      ? []
      : [entryAt(entry.range, 'docker.container.portBindings', listAt(entry.value.range, items))]),
    ...toExpose(service),
  ];
}

function parseShort(node: SourceNode): PortParse {
  const text = textOf(node);
  if (text === null) return { ok: false, message: 'a port is needed here, such as "8080:80"' };
  return parsePort(text);
}

function readLong(map: SourceMap, findings: Findings): PortParse | null {
  checkKeys(findings, map, PORT_KEYS);
  const textAt = (key: string) => {
    const entry = map.entries.get(key);
    return entry === undefined ? undefined : readText(findings, entry);
  };
  const mode = textAt('mode');
  if (mode !== undefined && mode !== 'host' && mode !== 'ingress') {
    addValue(findings, map, `“mode” is host or ingress, not ${quoteText(mode)}.`);
  }
  for (const key of ['name', 'app_protocol']) {
    const entry = map.entries.get(key);
    if (entry !== undefined) addNote(findings, entry, 'only documents the port');
  }
  const target = textAt('target');
  if (target === undefined) return { ok: false, message: 'a port needs “target”, the port of the container' };
  if (target.includes('-')) return { ok: false, message: 'in this form “target” is one port' };
  return toPort({ address: textAt('host_ip'), published: textAt('published'), target, protocol: textAt('protocol') ?? 'tcp' });
}

/** Ports that are only told: containers of the same network reach every port. */
function toExpose({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  const entry = attributes.get('expose');
  const items = readList(findings, entry).flatMap((node) => {
    const parsed = parseShort(node);
    if (parsed.ok && parsed.port.published === null && parsed.port.address === null) return [scalarAt(node.range, formatPort(parsed.port))];
    const message = parsed.ok ? 'only a port of the container is told here' : parsed.message;
    findings.add('compose-port', { ...placeOf(node), message: `${quoteText(textOf(node) ?? 'nothing')}: ${message}.` });
    return [];
  });
  return entry === undefined || items.length === 0
    ? []
    : [entryAt(entry.range, 'docker.container.expose', listAt(entry.value.range, items))];
}

/** One port of a host can lead to one container: copies of a service, and services that will share a host, cannot both have it. */
export function checkHostPorts(
  services: readonly { readonly name: string; readonly ports: readonly PortAt[]; readonly copies: number }[],
  findings: Findings,
): void {
  const taken = new Map<string, { readonly service: string; readonly address: string | null }[]>();
  for (const { name, ports, copies } of services) {
    for (const port of ports) {
      const { published, node } = port;
      if (published === null || isChoice(port)) continue;
      if (copies > 1) {
        const message = `${copies} copies of ${quoteText(name)} cannot all have port ${formatRange(published)} of a host.`;
        const hint = `Write a range such as ${published.from}-${Math.min(65_535, published.from + copies - 1)}:${formatRange(port.target)}, or only the container’s port.`;
        findings.add('compose-port', { ...placeOf(node), message, hint });
        continue;
      }
      const other = takePorts(port, name, taken);
      if (other === null) continue;
      const whose = other.service === name ? 'twice' : `to ${quoteText(other.service)} too`;
      findings.add('compose-port', { ...placeOf(node), message: `Port ${other.port} of the host is given ${whose}.` });
    }
  }
}

/** A range of the host for one port of the container: the first that is free. */
function isChoice({ published, target }: ComposePort): boolean {
  return published !== null && published.to > published.from && target.from === target.to;
}

function takePorts(
  { published, protocol, address }: ComposePort,
  service: string,
  taken: Map<string, { readonly service: string; readonly address: string | null }[]>,
): { readonly service: string; readonly port: number } | null {
  for (let port = published?.from ?? 1; port <= (published?.to ?? 0); port += 1) {
    const key = `${port}/${protocol}`;
    const holders = taken.get(key) ?? [];
    const other = holders.find((holder) => isEvery(holder.address) || isEvery(address) || holder.address === address);
    if (other !== undefined) return { service: other.service, port };
    taken.set(key, [...holders, { service, address }]);
  }
  return null;
}

function isEvery(address: string | null): boolean {
  return address === null || address === '0.0.0.0' || address === '::';
}
