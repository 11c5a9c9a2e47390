import { quoteText } from '../../../domain/blueprint/findings.ts';
import type { Model } from './model.ts';
import { addNotSupported } from './read-values.ts';
import type { NodeTemplate } from './topology.ts';

/** Says what becomes of a node that becomes no entity, or that cannot be where it is put. */
export function addUnused(node: NodeTemplate, model: Model): void {
  const { roles, links, template } = model;
  const { findings } = template;
  const role = roles.of(node);
  const guests = links.to(node).filter(({ kind }) => kind === 'host');
  if (role === 'runtime' || (role === 'machine' && roles.idOf(node) === null)) {
    const what =
      guests.length > 1
        ? 'what it hosts is placed on hosts of the cloud, each by itself'
        : 'what it hosts is placed on a host of the cloud';
    findings.add('tosca-host-placed', { range: node.range, path: '', message: `${quoteText(node.name)} is not made: ${what}.` });
  }
  if (role === 'volume') {
    const used = links.to(node).filter(({ kind, source }) => kind === 'attach' && roles.of(source) === 'container');
    if (used.length === 0)
      addNotSupported(node, `The storage ${quoteText(node.name)} is not made: only containers are given volumes`, findings);
  }
  if (role === 'software' || role === 'direct') {
    const host = links.hostOf(node);
    const hostRole = host === null ? null : roles.of(host);
    if (host === null || (hostRole !== 'container' && hostRole !== 'balancer')) return;
    const message = `${quoteText(node.name)} cannot be hosted on the container ${quoteText(host.name)}: nothing is installed in containers.`;
    findings.add('tosca-host', { range: node.range, path: '', message, hint: 'Build an image with it, or host it on a machine.' });
  }
}
