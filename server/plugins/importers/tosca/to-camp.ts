import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { type Adjuncts, readAdjuncts } from './adjuncts.ts';
import { balancerParts } from './balancer-service.ts';
import { containerParts } from './container-service.ts';
import { dependencies } from './dependencies.ts';
import { evaluate } from './evaluate.ts';
import type { Model } from './model.ts';
import { joinedNetworks, networkParts } from './network-service.ts';
import { addUnused } from './report-unused.ts';
import { clusterAt, readScaling, type Scaling } from './scaling.ts';
import { mergeEntries, serviceAt } from './service.ts';
import { directParts, machineParts, type OwnParts, softwareParts } from './software-service.ts';
import type { NodeTemplate } from './topology.ts';

/** The whole topology as a blueprint of CAMP. Values keep the place in the template that they come from. */
export function toCamp(model: Model): SourceMap {
  const { topology, template } = model;
  const { main } = template;
  const adjuncts = readAdjuncts(model);
  const scaling = readScaling(adjuncts.instances, model);
  const services = [...topology.nodes.values()].flatMap((node) => {
    const isRoot = model.roles.idOf(node) !== null && model.roles.parentOf(node) === null;
    return isRoot ? [serviceOf(node, { model, adjuncts, scaling })] : [];
  });
  for (const node of topology.nodes.values()) addUnused(node, model);
  const name = nameOf(main);
  const description = main.entries.get('description');
  const outputs = outputValues(model);
  return mapAt(main.range, [
    ...(name === null ? [] : [name]),
    ...(description !== undefined && textOf(description.value) !== null ? [description] : []),
    ...adjuncts.keysOf(null),
    ...(outputs === null ? [] : [entryAt(outputs.range, 'brooklyn.config', mapAt(outputs.range, [outputs]))]),
    entryAt(main.range, 'services', listAt(main.range, services)),
  ]);
}

interface Context {
  readonly model: Model;
  readonly adjuncts: Adjuncts;
  readonly scaling: Scaling;
}

function serviceOf(node: NodeTemplate, context: Context): SourceMap {
  const { model, adjuncts, scaling } = context;
  const parts = ownParts(node, context);
  const instances = scaling.of(node);
  const around = [...dependencies(node, scaling, model), ...adjuncts.keysOf(node)];
  const service = serviceAt({
    range: node.range,
    id: model.roles.idOf(node) ?? node.name,
    name: node.title,
    ...parts,
    config: mergeEntries([...(parts.config ?? []), ...joinedNetworks(node, model)]),
    children: childrenOf(node, context),
    keys: instances === null ? around : [],
  });
  return instances === null ? service : clusterAt(service, node, instances, around);
}

function ownParts(node: NodeTemplate, { model, scaling }: Context): OwnParts {
  switch (model.roles.of(node)) {
    case 'machine':
      return machineParts(node, model);
    case 'container':
      return containerParts(node, model);
    case 'balancer':
      return balancerParts(node, scaling, model);
    case 'network':
      return networkParts(node, model);
    case 'software':
      return softwareParts(node, model);
    default:
      return directParts(node, model);
  }
}

function childrenOf(node: NodeTemplate, context: Context): readonly SourceNode[] {
  const { links, roles } = context.model;
  const hosted = links.to(node).flatMap(({ kind, source }) => (kind === 'host' ? [source] : []));
  return hosted.filter((child) => roles.idOf(child) !== null && roles.parentOf(child) === node).map((child) => serviceOf(child, context));
}

/** `metadata.template_name`, or as drafts have it `template_name`. */
function nameOf(main: SourceMap): SourceEntry | null {
  const metadata = main.entries.get('metadata')?.value;
  const entry = main.entries.get('template_name') ?? (metadata?.kind === 'map' ? metadata.entries.get('template_name') : undefined);
  const text = textOf(entry?.value);
  return entry === undefined || text === null ? null : entryAt(entry.range, 'name', scalarAt(entry.value.range, text));
}

/** The outputs as config of the application: each is worked out when it is read. */
function outputValues(model: Model): SourceEntry | null {
  const { topology, template } = model;
  const values = topology.outputs.flatMap(({ key, range, value }) => {
    const given = value.kind === 'map' ? value.entries.get('value')?.value : undefined;
    if (given === undefined) {
      addNoOutput(key, range, model);
      return [];
    }
    if (!template.budget.spend(given.values, range)) return [];
    const known = evaluate(given, { self: null, link: null, holder: null }, model);
    return known === null ? [] : [entryAt(range, key, known)];
  });
  const range = topology.outputs[0]?.range;
  return values.length === 0 || range === undefined ? null : entryAt(range, 'tosca.outputs', mapAt(range, values));
}

function addNoOutput(name: string, range: TextRange, { template: { findings } }: Model): void {
  findings.add('value-kind', { range, path: '', message: `The output ${quoteText(name)} needs a “value”.` });
}
