import { quoteText } from '../../../domain/blueprint/findings.ts';
import type { Link } from './link-nodes.ts';
import type { Template } from './template.ts';
import type { NodeTemplate } from './topology.ts';

const MOST_HOSTS = 24;

/** Links that would make a node host itself, or that nest hosts deeper than anything needs, each with a finding. */
export function breakCircles(hosts: ReadonlyMap<NodeTemplate, Link>, { findings }: Template): ReadonlySet<Link> {
  const broken = new Set<Link>();
  const fine = new Map<NodeTemplate, number>();
  for (const start of hosts.keys()) {
    const line: Link[] = [];
    const seen = new Set<NodeTemplate>();
    let node = start;
    while (!fine.has(node) && !seen.has(node)) {
      const link = hosts.get(node);
      if (link === undefined) break;
      seen.add(node);
      line.push(link);
      node = link.target;
    }
    let depth = fine.get(node) ?? 0;
    for (const link of line.toReversed()) {
      const closes = link === line.at(-1) && seen.has(link.target);
      depth += 1;
      if (closes || depth > MOST_HOSTS) {
        const message = closes ? `${quoteText(link.source.name)} hosts itself in a circle.` : `Hosts are nested deeper than ${MOST_HOSTS}.`;
        findings.add('tosca-circle', { range: link.range, path: '', message, hint: 'Choose another host.' });
        broken.add(link);
        depth = 0;
      }
      fine.set(link.source, depth);
    }
  }
  return broken;
}
