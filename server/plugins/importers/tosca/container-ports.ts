import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { isLive } from './check-value.ts';
import type { Model } from './model.ts';
import { capabilityProperties, type KnownProperty } from './node-properties.ts';
import { addNotSupported } from './read-values.ts';
import type { NodeTemplate } from './topology.ts';

const ENDPOINT = 'tosca.capabilities.Endpoint';
const DOCKER = 'tosca.capabilities.Container.Docker';

/**
 * Ports of a container: those of its endpoints, led to from a free port of the host, or from the same for a public one; and the mappings
 * that the capability of a Docker container publishes. Exposed ports need nothing: containers of one application reach each other.
 */
export function containerPorts(node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const open: SourceNode[] = [];
  const direct: SourceNode[] = [];
  const bindings: SourceEntry[] = [];
  for (const capability of node.type?.capabilities.values() ?? []) {
    const { types } = model.template;
    const isEndpoint = types.isA('capability_types', capability.type, ENDPOINT);
    if (!isEndpoint && !types.isA('capability_types', capability.type, DOCKER)) continue;
    const properties = capabilityProperties(node, capability, model);
    if (isEndpoint) {
      const isPublic = textOf(properties.get('network_name')?.value) === 'PUBLIC';
      (isPublic ? direct : open).push(...endpointPorts(properties));
    } else {
      bindings.push(...publishedPorts(properties.get('publish_ports')?.value, open, model));
    }
  }
  const { range } = node;
  return [
    ...(open.length === 0 ? [] : [entryAt(range, 'docker.container.openPorts', listAt(range, open))]),
    ...(direct.length === 0 ? [] : [entryAt(range, 'docker.container.directPorts', listAt(range, direct))]),
    ...(bindings.length === 0 ? [] : [entryAt(range, 'docker.container.portBindings', mapAt(range, bindings))]),
  ];
}

/** The one `port`, and those of the map `ports`. */
function endpointPorts(properties: ReadonlyMap<string, KnownProperty>): readonly SourceNode[] {
  const protocol = textOf(properties.get('protocol')?.value) ?? 'tcp';
  const port = properties.get('port')?.value;
  const ports = properties.get('ports')?.value;
  const more =
    ports?.kind === 'map'
      ? [...ports.entries.values()].flatMap(({ value }) => specPort(value, 'target') ?? specPort(value, 'source') ?? [])
      : [];
  return [...(port === undefined ? [] : [withProtocol(port, protocol)]), ...more];
}

/** A PortSpec: `source` is the port of the container, `target` that of its host. */
function publishedPorts(list: SourceNode | undefined, open: SourceNode[], { template }: Model): readonly SourceEntry[] {
  return (list?.kind === 'list' ? list.items : []).flatMap((spec) => {
    const source = specPort(spec, 'source');
    const target = spec.kind === 'map' ? textOf(spec.entries.get('target')?.value) : null;
    if (source === null) {
      addNotSupported(spec, 'A range of published ports is not led to: give “source” and “target”', template.findings);
      return [];
    }
    if (target !== null) return [entryAt(spec.range, target, source)];
    open.push(source);
    return [];
  });
}

function specPort(spec: SourceNode, key: 'source' | 'target'): SourceNode | null {
  if (spec.kind !== 'map') return null;
  const port = spec.entries.get(key)?.value;
  return port === undefined ? null : withProtocol(port, textOf(spec.entries.get('protocol')?.value) ?? 'tcp');
}

function withProtocol(port: SourceNode, protocol: string): SourceNode {
  const text = textOf(port);
  return protocol.toLowerCase() === 'udp' && text !== null && !isLive(port) ? scalarAt(port.range, `${text}/udp`) : port;
}
