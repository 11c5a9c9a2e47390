import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { evaluate } from './evaluate.ts';
import type { Link } from './link-nodes.ts';
import type { Model } from './model.ts';
import type { NodeTemplate } from './topology.ts';

const CONFIGURE = 'brooklyn.relationships.Configure';

/**
 * What `brooklyn.relationships.Configure` puts into the config of its source: `prop.value` as the key `prop.name`, in the map or list
 * `prop.collection` where one is named.
 */
export function connectionConfig(node: NodeTemplate, model: Model): readonly SourceEntry[] {
  return model.links.from(node).flatMap((link) => (link.relationshipType?.ancestry.includes(CONFIGURE) ? configured(link, model) : []));
}

function configured(link: Link, model: Model): readonly SourceEntry[] {
  const [name, value, collection] = ['prop.name', 'prop.value', 'prop.collection'].map((key) => propertyOf(link, key, model));
  const key = textOf(name ?? undefined) ?? '';
  const inside = textOf(collection ?? undefined) ?? '';
  if (value === null || value === undefined || (key === '' && inside === '')) {
    const lacks = value === null || value === undefined ? '“prop.value”' : '“prop.name” or “prop.collection”';
    const message = `The relationship of ${quoteText(link.requirement)} needs ${lacks}.`;
    model.template.findings.add('tosca-property-missing', { range: link.range, path: '', message });
    return [];
  }
  const { range } = value;
  if (inside === '') return [entryAt(range, key, value)];
  return [entryAt(range, inside, key === '' ? listAt(range, [value]) : mapAt(range, [entryAt(range, key, value)]))];
}

function propertyOf(link: Link, key: string, model: Model): SourceNode | null {
  const raw = link.properties.get(key)?.value ?? link.relationshipType?.properties.get(key)?.value ?? null;
  return raw === null ? null : evaluate(raw, { self: null, link, holder: link.source }, model);
}
