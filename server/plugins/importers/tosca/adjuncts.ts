import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { evaluate } from './evaluate.ts';
import type { Model } from './model.ts';
import { placementLocation, scalingOf } from './policies.ts';
import { addNotSupported } from './read-values.ts';
import type { Instances } from './scaling.ts';
import { mergeEntries } from './service.ts';
import type { NodeTemplate, PolicyTemplate } from './topology.ts';

/** What policies of the topology mean for services. */
export interface Adjuncts {
  /** Keys of the service of a node; null is the application. */
  keysOf(node: NodeTemplate | null): readonly SourceEntry[];
  readonly instances: ReadonlyMap<NodeTemplate, Instances>;
}

const LOCATION = 'brooklyn.location';
const BROOKLYN = /^(?:org\.apache\.|io\.)?brooklyn\.|^(?:io\.)?clocker\./;

/** Locations, scaling and placement of TOSCA’s policies, and policies, enrichers and initializers of Brooklyn under their own names. */
export function readAdjuncts(model: Model): Adjuncts {
  const keys = new Map<NodeTemplate | null, SourceEntry[]>();
  const instances = new Map<NodeTemplate, Instances>();
  const add = (targets: readonly (NodeTemplate | null)[], entry: SourceEntry) => {
    for (const target of targets) {
      const known = keys.get(target);
      if (known === undefined) keys.set(target, [entry]);
      else known.push(entry);
    }
  };
  for (const policy of model.topology.policies) {
    const targets = targetsOf(policy, model);
    const { type } = policy;
    if (policy.name === LOCATION || type === LOCATION)
      add(entitiesOf(targets, model), locationKey(policy.range, settingsOf(policy, model)));
    else if (type === null) addNoType(policy, model);
    else if (isBrooklyn(type, model)) add(entitiesOf(targets, model), adjunctKey(type, policy, model));
    else {
      const known = model.template.types.need('policy_types', type, typeRange(policy));
      const ancestry = known?.ancestry ?? [];
      if (ancestry.includes('tosca.policies.Scaling')) {
        const scaled = scalingOf(policy, model);
        for (const target of targets) if (target !== null && scaled.instances !== null) instances.set(target, scaled.instances);
        if (scaled.policy !== null) add(entitiesOf(targets, model), scaled.policy);
      } else if (ancestry.includes('tosca.policies.Placement')) {
        const location = placementLocation(policy, model);
        if (location !== null) add(entitiesOf(targets, model), locationKey(policy.range, location));
      } else if (known !== undefined) {
        addNotSupported(policy, `A policy of the type ${quoteText(type)} has no effect`, model.template.findings);
      }
    }
  }
  return { instances, keysOf: (node) => mergeEntries(keys.get(node) ?? []) };
}

function locationKey(range: SourceEntry['range'], value: SourceNode): SourceEntry {
  return entryAt(range, value.kind === 'list' ? 'locations' : 'location', value);
}

function typeRange({ value, range }: PolicyTemplate): SourceEntry['range'] {
  return value.kind === 'map' ? (value.entries.get('type')?.value.range ?? range) : range;
}

function isBrooklyn(type: string, { template }: Model): boolean {
  return template.adjunctKindOf(type) !== undefined || BROOKLYN.test(type);
}

function adjunctKey(type: string, policy: PolicyTemplate, model: Model): SourceEntry {
  const { range } = policy;
  const settings = settingsOf(policy, model);
  const config = settings.kind === 'map' && settings.entries.size > 0 ? [entryAt(range, 'brooklyn.config', settings)] : [];
  const name = policy.value.kind === 'map' ? policy.value.entries.get('name') : undefined;
  const adjunct = mapAt(range, [
    entryAt(range, 'type', scalarAt(typeRange(policy), type)),
    ...(name === undefined ? [] : [entryAt(name.range, 'name', name.value)]),
    ...config,
  ]);
  return entryAt(range, adjunctList(type, model), listAt(range, [adjunct]));
}

/** By what the library says it is, else by the names that Brooklyn gives to such classes. */
function adjunctList(type: string, { template }: Model): string {
  switch (template.adjunctKindOf(type)) {
    case 'policy':
      return 'brooklyn.policies';
    case 'enricher':
      return 'brooklyn.enrichers';
    case 'initializer':
      return 'brooklyn.initializers';
    default:
      if (/\.enricher\.|Enricher$/.test(type)) return 'brooklyn.enrichers';
      return /\.(?:sensor|effector|initializers?|entity\.initializer)\.|(?:Sensor|Effector|Initializer)$/.test(type)
        ? 'brooklyn.initializers'
        : 'brooklyn.policies';
  }
}

/** What is not name or type: what stands beside them, with `properties` and `brooklyn.config` over it. */
function settingsOf({ value }: PolicyTemplate, model: Model): SourceNode {
  const known = evaluate(value, { self: null, link: null, holder: null }, model) ?? value;
  if (known.kind !== 'map') return known;
  const inner = ['properties', 'brooklyn.config'].flatMap((key) => entriesAt(known, key));
  const outer = [...known.entries.values()].filter(({ key }) => !OUTER_KEYS.includes(key));
  return mapAt(known.range, [...outer, ...inner]);
}

const OUTER_KEYS = ['name', 'type', 'description', 'metadata', 'targets', 'properties', 'brooklyn.config'];

function entriesAt(map: SourceMap, key: string): readonly SourceEntry[] {
  const below = map.entries.get(key)?.value;
  return below?.kind === 'map' ? [...below.entries.values()] : [];
}

/** The nodes that a policy names, those of groups too; null is the application. */
function targetsOf({ targets }: PolicyTemplate, { topology, template }: Model): readonly (NodeTemplate | null)[] {
  if (targets.length === 0) return [null];
  const nodes = new Set<NodeTemplate>();
  for (const target of targets) {
    const name = textOf(target) ?? '';
    const group = topology.groups.get(name);
    const names = topology.nodes.has(name) || group === undefined ? [target] : group.members;
    for (const member of names) {
      const node = topology.nodes.get(textOf(member) ?? '');
      if (node !== undefined) nodes.add(node);
      else addUnknownTarget(member, [...topology.nodes.keys(), ...topology.groups.keys()], template);
    }
  }
  return [...nodes];
}

function addUnknownTarget(member: SourceNode, known: readonly string[], { findings }: Model['template']): void {
  const name = textOf(member) ?? '';
  const hint = sayNearest(nearestNames(name, known)) ?? `Known are ${known.slice(0, 10).join(', ')}.`;
  findings.add('tosca-unknown-node', { range: member.range, path: '', message: `There is no node or group ${quoteText(name)}.`, hint });
}

/** A host of the cloud is no entity: what is said of it goes for all that runs there. */
function entitiesOf(targets: readonly (NodeTemplate | null)[], model: Model): readonly (NodeTemplate | null)[] {
  const { roles, links } = model;
  const pending = [...targets];
  const entities = new Set<NodeTemplate | null>();
  for (const target of pending) {
    if (target === null || roles.idOf(target) !== null) entities.add(target);
    else for (const { kind, source } of links.to(target)) if (kind === 'host') pending.push(source);
  }
  return [...entities];
}

function addNoType({ name, range }: PolicyTemplate, { template: { findings } }: Model): void {
  const message = `The policy ${quoteText(name)} needs a type.`;
  findings.add('value-kind', { range, path: '', message, hint: `“${LOCATION}” is the only one that is a value by itself.` });
}
