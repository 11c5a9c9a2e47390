import type { ForeignBlueprint } from '../../../domain/blueprint/blueprint-importer.ts';
import type { SourceMap } from '../../../domain/blueprint/source-node.ts';
import { FUNCTIONS } from './functions.ts';
import { linkNodes } from './link-nodes.ts';
import type { Model } from './model.ts';
import { readTopology } from './read-topology.ts';
import { assignRoles } from './roles.ts';
import { createTemplate } from './template.ts';
import { toCamp } from './to-camp.ts';

/** Templates inside values of templates. */
const MOST_NESTED = 4;

/** A service template as CAMP; null, with findings, where there is nothing to deploy. */
export function convertTemplate(read: ForeignBlueprint, source: SourceMap, nested = 0): SourceMap | null {
  const link = source.entries.get('csar_link') ?? source.entries.get('tosca_link');
  if (link !== undefined && source.entries.size === 1) {
    const hint = 'Give the archive itself: clocker blueprint check FILE.csar';
    read.findings.add('not-supported', { range: link.range, path: link.key, message: 'Nothing is downloaded.', hint });
    return null;
  }
  const template = createTemplate(read, source);
  const topology = readTopology(template);
  if (topology === null) return null;
  const links = linkNodes(topology, template);
  const model: Model = {
    template,
    topology,
    links,
    roles: assignRoles(topology, links, template),
    functions: FUNCTIONS,
    convert: (inner) => (nested < MOST_NESTED ? convertTemplate(read, inner, nested + 1) : null),
    open: [],
    circles: new Set(),
    known: new Map(),
  };
  return toCamp(model);
}
