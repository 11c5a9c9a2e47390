import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry } from '../../../domain/blueprint/source-node.ts';
import type { Link } from './link-nodes.ts';
import type { Model } from './model.ts';
import type { Scaling } from './scaling.ts';
import type { NodeTemplate } from './topology.ts';

/** `dependsOn`: what a node connects to or depends on must serve before the node starts. Hosts are there first anyway. */
export function dependencies(node: NodeTemplate, scaling: Scaling, model: Model): readonly SourceEntry[] {
  const wanted = model.links.from(node).flatMap((link) => dependency(link, scaling, model));
  const [first] = wanted;
  return first === undefined ? [] : [entryAt(first.range, 'dependsOn', mapAt(first.range, wanted))];
}

function dependency(link: Link, scaling: Scaling, model: Model): readonly SourceEntry[] {
  const { roles } = model;
  if (link.kind !== 'connect' && link.kind !== 'depend') return [];
  // The load balancer follows what it balances over, and need not wait for it.
  if (roles.of(link.source) === 'balancer') return [];
  const target = roles.standIn(link.target);
  const id = scaling.outerIdOf(link.target, model);
  if (target === null || id === null || isWithin(link.source, target, model)) return [];
  if (isWithin(target, link.source, model)) {
    const message = `${quoteText(link.source.name)} cannot wait for ${quoteText(link.target.name)}, which it hosts itself.`;
    model.template.findings.add('tosca-circle', { range: link.range, path: '', message });
    return [];
  }
  const condition = entryAt(link.range, 'condition', scalarAt(link.range, 'healthy'));
  return [entryAt(link.range, id, mapAt(link.range, [condition]))];
}

/** True for a node and what it is nested in. */
function isWithin(node: NodeTemplate, host: NodeTemplate, { roles }: Model): boolean {
  for (let at: NodeTemplate | null = node; at !== null; at = roles.parentOf(at)) if (at === host) return true;
  return false;
}
