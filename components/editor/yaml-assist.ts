import type { TypeDetails } from '@/server/api/catalog/type.ts';
import { PLAN_KEYS, SERVICE_KEYS } from '@/server/domain/blueprint/service-keys.ts';
import type { BlueprintGraph, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import type { JsonObject } from '@/server/domain/shared/json.ts';
import { schemaFields } from '../ui/schema-fields.ts';
import { isNetwork, networkName } from './blueprint-picture.ts';
import { findPart, type PartType } from './part-types.ts';
import { type YamlPlace, yamlPlace } from './yaml-place.ts';

/** What is known of the blueprint that is written. */
export interface YamlKnowledge {
  readonly parts: readonly PartType[];
  readonly graph: BlueprintGraph | null;
  readonly locations: readonly string[];
  /** Undefined for a type that is not known. */
  readonly detailsOf: (part: PartType) => Promise<TypeDetails | undefined>;
}

export interface Proposal {
  readonly label: string;
  /** Beside it. */
  readonly detail: string;
  /** What it is for. */
  readonly info: string;
  /** Written in its place; the label unless given. */
  readonly apply?: string;
}

export interface Proposals {
  readonly from: number;
  readonly options: readonly Proposal[];
}

/** What could be written at the cursor; null for nothing. */
export async function proposalsAt(text: string, offset: number, knowledge: YamlKnowledge): Promise<Proposals | null> {
  const place = yamlPlace(text, offset);
  if (place === null) return null;
  const options = await optionsFor(place, knowledge);
  return options.length === 0 ? null : { from: place.from, options };
}

/** What the word at the cursor is: a type, or a config key of the type around it. Null where nothing is known of it. */
export async function helpAt(
  text: string,
  offset: number,
  knowledge: YamlKnowledge,
): Promise<{ readonly from: number; readonly to: number; readonly proposal: Proposal } | null> {
  const from = offset - (/[\w.:/$-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const to = offset + (/^[\w./-]*(?::[\w./-]+)*/.exec(text.slice(offset))?.[0].length ?? 0);
  const word = text.slice(from, to).replace(/:$/, '');
  if (word === '') return null;
  const found = await proposalsAt(text, from, knowledge);
  const proposal = found?.options.find(({ label }) => label === word) ?? typeHelp(text, from, word, knowledge);
  return proposal ? { from, to, proposal } : null;
}

function typeHelp(text: string, from: number, word: string, { parts }: YamlKnowledge): Proposal | undefined {
  const part = yamlPlace(text, from)?.kind === 'type' ? findPart(parts, word) : undefined;
  return part && toTypeProposal(part);
}

async function optionsFor(place: YamlPlace, knowledge: YamlKnowledge): Promise<readonly Proposal[]> {
  const { parts, graph, locations } = knowledge;
  const nodes = graph?.nodes ?? [];
  switch (place.kind) {
    case 'type':
      return parts.map(toTypeProposal);
    case 'location':
      return locations.map((label) => ({ label, detail: 'cloud', info: '' }));
    case 'network':
      return nodes.filter(isNetwork).flatMap((node) => {
        const label = networkName(node);
        return label === null ? [] : [{ label, detail: 'network', info: '' }];
      });
    case 'id':
      return nodes.flatMap(({ id, type, name }) => (id === null ? [] : [{ label: id, detail: type ?? '', info: name ?? '' }]));
    case 'read':
      return readable(place, nodes, knowledge);
    case 'key':
      return keysOf(place, knowledge);
  }
}

async function readable(
  { what, id }: Extract<YamlPlace, { kind: 'read' }>,
  nodes: readonly GraphNode[],
  { parts, detailsOf }: YamlKnowledge,
): Promise<readonly Proposal[]> {
  const part = findPart(parts, nodes.find((node) => node.id === id)?.type ?? null);
  const details = part && (await detailsOf(part));
  if (details === undefined) return [];
  if (what === 'config') return configProposals(details.configSchema);
  return details.sensors.map(({ name, type, description }) => ({ label: name, detail: type, info: description }));
}

async function keysOf(
  { type, inConfig }: Extract<YamlPlace, { kind: 'key' }>,
  { parts, detailsOf }: YamlKnowledge,
): Promise<readonly Proposal[]> {
  const part = findPart(parts, type);
  const details = part && (await detailsOf(part));
  const config = details === undefined ? [] : configProposals(details.configSchema).map(asKey);
  if (inConfig) return config;
  const own = (type === null ? PLAN_KEYS : SERVICE_KEYS).map((label) => asKey({ label, detail: 'blueprint', info: '' }));
  const flags = Object.entries(details?.flags ?? {}).map(([label, key]) => asKey({ label, detail: key, info: '' }));
  return [...own, ...flags];
}

function configProposals(schema: JsonObject): readonly Proposal[] {
  return schemaFields(schema).map(({ name, title, description, fallback }) => ({
    label: name,
    detail: title === name ? '' : title,
    info: [description, fallback === '' ? '' : `Default ${fallback}.`].filter(Boolean).join(' '),
  }));
}

function asKey(proposal: Proposal): Proposal {
  return { ...proposal, apply: `${proposal.label}: ` };
}

function toTypeProposal({ id, title, description, planned }: PartType): Proposal {
  return { label: id, detail: planned ? `${title}, planned` : title, info: description };
}
