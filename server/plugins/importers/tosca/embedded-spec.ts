import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceMap, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { VERSION_KEY } from './dialects.ts';
import type { Model } from './model.ts';
import { readEmbedded } from './read-inputs.ts';

const SPEC = '$brooklyn:entitySpec';

/**
 * A text in which somebody wrote `$brooklyn:entitySpec:` and a service below it: types of the draft have no other way to take one.
 * The service may itself be a template of TOSCA. Null for every other value.
 */
export function embeddedSpec(node: SourceNode, model: Model): SourceNode | null {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !/^\$brooklyn:\w+:\s/.test(node.value)) return null;
  const read = readEmbedded(node.value, node.range);
  if (read?.kind !== 'map') return null;
  const spec = read.entries.get(SPEC)?.value;
  if (spec?.kind !== 'map' || !spec.entries.has(VERSION_KEY)) return read;
  const converted = model.convert(spec);
  return converted && mapAt(node.range, [entryAt(node.range, SPEC, oneService(converted))]);
}

function oneService(camp: SourceMap): SourceNode {
  const services = camp.entries.get('services')?.value;
  const items = services?.kind === 'list' ? services.items : [];
  const [only, ...more] = items;
  if (only !== undefined && more.length === 0) return only;
  return mapAt(camp.range, [
    entryAt(camp.range, 'type', scalarAt(camp.range, 'application')),
    entryAt(camp.range, 'brooklyn.children', listAt(camp.range, items)),
  ]);
}
