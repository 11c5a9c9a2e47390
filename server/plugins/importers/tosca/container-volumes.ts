import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { evaluate } from './evaluate.ts';
import type { Link } from './link-nodes.ts';
import type { Model } from './model.ts';
import { capabilityProperties } from './node-properties.ts';
import type { NodeTemplate } from './topology.ts';

/** `name:/path` for each storage that is attached, and what the capability of a Docker container lists. */
export function containerVolumes(node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const attached = model.links.from(node).flatMap((link) => (link.kind === 'attach' ? attachedVolume(link, model) : []));
  const capability = node.type?.capabilities.get('host');
  const listed = capability === undefined ? undefined : capabilityProperties(node, capability, model).get('volumes')?.value;
  const volumes = [...attached, ...(listed?.kind === 'list' ? listed.items : [])];
  return volumes.length === 0 ? [] : [entryAt(node.range, 'docker.container.volumes', listAt(node.range, volumes))];
}

function attachedVolume(link: Link, model: Model): readonly SourceNode[] {
  const raw = link.properties.get('location')?.value ?? link.target.properties.get('location')?.value;
  const location = raw === undefined ? null : evaluate(raw, { self: link.target, link: null, holder: link.source }, model);
  const path = textOf(location ?? undefined);
  if (path === null) {
    const message = `${quoteText(link.target.name)} needs a “location”: the folder of the container in which it is seen.`;
    model.template.findings.add('tosca-property-missing', { range: link.range, path: '', message });
    return [];
  }
  const id = textOf(link.target.properties.get('volume_id')?.value) ?? link.target.name;
  const name = id.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return [scalarAt(location?.range ?? link.range, `${name || 'volume'}:${path}`)];
}
