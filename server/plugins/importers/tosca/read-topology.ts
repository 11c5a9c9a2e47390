import { quoteText, startOf } from '../../../domain/blueprint/findings.ts';
import { type SourceEntry, type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';
import { checkSubstitution } from './check-substitution.ts';
import { TYPE_KINDS } from './definitions.ts';
import { VERSION_KEY } from './dialects.ts';
import { readInputs } from './read-inputs.ts';
import { readNodeTemplates, readRelationshipTemplates } from './read-node-template.ts';
import { addNotSupported, checkKeys, entriesOf, itemsOf, namedItems } from './read-values.ts';
import type { Template } from './template.ts';
import type { GroupTemplate, PolicyTemplate, Topology } from './topology.ts';

const TEMPLATE_KEYS = [
  VERSION_KEY,
  'template_name',
  'template_author',
  'template_version',
  'namespace',
  'tosca_default_namespace',
  'metadata',
  'description',
  'dsl_definitions',
  'repositories',
  'imports',
  'topology_template',
  'tags',
  ...TYPE_KINDS,
];

const TOPOLOGY_KEYS = [
  'description',
  'inputs',
  'node_templates',
  'relationship_templates',
  'groups',
  'policies',
  'outputs',
  'substitution_mappings',
  'workflows',
];

/** Null, with a finding, where there is nothing to deploy. */
export function readTopology(template: Template): Topology | null {
  const { main, findings } = template;
  checkKeys(main.entries.values(), TEMPLATE_KEYS, findings);
  checkTypes(template);
  const topology = main.entries.get('topology_template');
  if (topology === undefined || topology.value.kind !== 'map') {
    addNoTopology(topology, template);
    return null;
  }
  const { value: map } = topology;
  checkKeys(map.entries.values(), TOPOLOGY_KEYS, findings);
  const workflows = map.entries.get('workflows');
  if (workflows !== undefined) addNotSupported(workflows, 'Workflows are not run: Clocker works out the order itself', findings);
  const inputs = readInputs(map.entries.get('inputs'), template);
  const nodes = readNodeTemplates(map.entries.get('node_templates'), template);
  if (nodes.size === 0) {
    const hint = 'topology_template:\n  node_templates:\n    web:\n      type: tosca.nodes.WebServer';
    const range = map.entries.get('node_templates')?.range ?? topology.range;
    findings.add('tosca-no-topology', { range, path: '', message: 'The topology has no nodes.', hint });
    return null;
  }
  checkSubstitution(map.entries.get('substitution_mappings'), nodes, template);
  const groups = entriesOf(map.entries.get('groups'), findings);
  return {
    nodes,
    inputs,
    relationships: readRelationshipTemplates(map.entries.get('relationship_templates'), template),
    groups: new Map(groups.map((group) => [group.key, readGroup(group, template)])),
    policies: [...groups.flatMap((group) => groupPolicies(group, template)), ...topologyPolicies(map, template)],
    outputs: entriesOf(map.entries.get('outputs'), findings),
  };
}

/** Types of the main template are checked whether they are used or not: they may be what somebody is writing just now. */
function checkTypes({ main, types, findings }: Template): void {
  for (const kind of TYPE_KINDS) for (const { key } of entriesOf(main.entries.get(kind), findings)) types.find(kind, key);
}

function addNoTopology(topology: SourceEntry | undefined, { main, findings }: Template): void {
  const types = TYPE_KINDS.flatMap((kind) => {
    const section = main.entries.get(kind)?.value;
    return section?.kind === 'map' ? [...section.entries.keys()] : [];
  });
  const defines =
    types.length === 0 ? '' : ` It defines ${types.length === 1 ? 'the type' : 'types such as'} ${quoteText(types[0] ?? '')}.`;
  findings.add('tosca-no-topology', {
    range: topology?.value.range ?? startOf(main.range),
    path: 'topology_template',
    message: `There is no “topology_template”, so there is nothing to deploy.${defines}`,
    hint: types.length === 0 ? 'Add “topology_template:” with “node_templates:”.' : 'Import this file from a template that uses its types.',
  });
}

function readGroup({ key, range, value }: SourceEntry, { findings }: Template): GroupTemplate {
  const map = value.kind === 'map' ? value : null;
  const interfaces = map?.entries.get('interfaces');
  if (interfaces !== undefined) addNotSupported(interfaces, 'Operations of a group are not run', findings);
  return { name: key, range, members: map === null ? [] : itemsOf(map.entries.get('members') ?? map.entries.get('targets'), findings) };
}

/** Drafts, and Brooklyn, have policies in a group. */
function groupPolicies({ value }: SourceEntry, { findings }: Template): readonly PolicyTemplate[] {
  if (value.kind !== 'map') return [];
  const targets = itemsOf(value.entries.get('members') ?? value.entries.get('targets'), findings);
  return namedItems(value.entries.get('policies'), findings).map(({ named }) => ({
    name: named.key,
    range: named.range,
    type: named.value.kind === 'map' ? textOf(named.value.entries.get('type')?.value) : null,
    value: named.value,
    targets,
  }));
}

function topologyPolicies(map: SourceMap, { findings }: Template): readonly PolicyTemplate[] {
  return namedItems(map.entries.get('policies'), findings).map(({ named }) => ({
    name: named.key,
    range: named.range,
    type: named.value.kind === 'map' ? textOf(named.value.entries.get('type')?.value) : null,
    value: named.value,
    targets: named.value.kind === 'map' ? itemsOf(named.value.entries.get('targets'), findings) : [],
  }));
}
