import type { EntitySpec } from '../entity/entity-spec.ts';
import { checkSupport } from './check-support.ts';
import { joinPath, quoteText, startOf } from './findings.ts';
import { type GatheredConfig, gatherConfig } from './gather-config.ts';
import { parseImageReference } from './image-reference.ts';
import { readLocations } from './location/read-locations.ts';
import { nearestNames } from './nearest-name.ts';
import { nestedSpecNode } from './nested-spec-node.ts';
import type { BuildPlace, PlanState } from './plan-state.ts';
import { readAdjuncts } from './read-adjuncts.ts';
import { readDependsOn } from './read-depends-on.ts';
import { listOf, readId, readName } from './read-service-text.ts';
import { readTags } from './read-tags.ts';
import { TYPE_KEYS } from './service-keys.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';
import type { BlueprintType } from './type-registry.ts';
import { validateConfig } from './validate-config.ts';

const CONTAINER = 'docker-container';
const IMAGE_KEY = 'docker.image.name';

/** One service of the text, with its children and member. Null when it cannot even be told what it is. */
export function buildEntitySpec(node: SourceNode, place: BuildPlace, state: PlanState): EntitySpec | null {
  if (node.kind !== 'map') {
    const message = `A service needs a map with “type”, not ${node.kind === 'list' ? 'a list' : quoteText(textOf(node) ?? 'nothing')}.`;
    state.findings.add('value-kind', { range: node.range, path: place.path, message, hint: 'For example “- type: docker:redis”.' });
    return null;
  }
  const named = readType(node, place.path, state);
  if (named === null) return null;
  const planId = readId(node, place.path, state);
  const name = readName(node, place.path, state) ?? planId ?? named.defaultName;
  const path = uniquePath(place, planId ?? (slug(name) || named.id), state);
  const gathered = withImage(gatherConfig(node, { owner: path, path: place.path }, named.type, state), named, place.path, state);
  if (named.type !== undefined) {
    validateConfig(gathered, named.type, { map: node, path: place.path }, state);
    checkSupport(named.type, { range: named.entry.value.range, path: joinPath(place.path, named.entry.key) }, gathered.places, state);
  }
  const dependsOn = readDependsOn(node, { owner: path, path: place.path }, state);
  const tags = readTags(node, place.path, state);
  const children = listOf(node.entries.get('brooklyn.children'), joinPath(place.path, 'brooklyn.children'), state.findings);
  return {
    type: named.id,
    name,
    planId,
    path,
    ...readLocations(node, { owner: path, path: place.path }, state),
    config: gathered.config,
    children: children.flatMap((child, index) => {
      const built = buildEntitySpec(child, { parent: path, path: joinPath(joinPath(place.path, 'brooklyn.children'), index) }, state);
      return built === null ? [] : [built];
    }),
    memberSpec: named.type?.kind === 'cluster' ? buildMember({ map: node, type: named.type, gathered, path, place }, state) : null,
    ...buildFirstMember(gathered, path, state),
    ...readAdjuncts(node, { owner: path, path: place.path }, state),
    ...(tags.length === 0 ? {} : { tags }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
  };
}

interface NamedType {
  /** Canonical, or as written when it is not known. */
  readonly id: string;
  readonly type: BlueprintType | undefined;
  /** From `docker:IMAGE`. */
  readonly image: string | null;
  readonly entry: SourceEntry;
  readonly defaultName: string;
}

function readType(map: SourceMap, path: string, state: PlanState): NamedType | null {
  const entry = TYPE_KEYS.map((key) => map.entries.get(key)).find((found) => found !== undefined);
  const written = textOf(entry?.value)?.trim() ?? '';
  if (entry === undefined || written === '') {
    const range = entry?.value.range ?? startOf(map.range);
    state.findings.add('type-missing', {
      range,
      path: joinPath(path, 'type'),
      message: 'This service has no type.',
      hint: 'For example “type: docker:redis”.',
    });
    return null;
  }
  if (written.startsWith('docker:')) return readImageType(written.slice('docker:'.length), entry, path, state);
  const bare = written.replace(/^(?:java|catalog|brooklyn):/, '');
  const type = state.typesByName.get(bare) ?? state.typesByName.get(bare.replace(/:[\w.-]+$/, ''));
  if (type === undefined) {
    const near = nearestNames(bare, state.typesByName.keys(), 5);
    const known = [...state.types.keys()].join(', ');
    const hint = near.length > 0 ? `Did you mean ${near.map((name) => `“${name}”`).join(', ')}?` : `Known are docker:IMAGE, ${known}.`;
    state.findings.add('unknown-type', {
      range: entry.value.range,
      path: joinPath(path, entry.key),
      message: `There is no type ${quoteText(written)}.`,
      hint,
    });
  }
  const defaultName = type?.title ?? bare.slice(bare.lastIndexOf('.') + 1);
  return { id: type?.id ?? bare, type, image: null, entry, defaultName };
}

function readImageType(image: string, entry: SourceEntry, path: string, state: PlanState): NamedType {
  const parsed = parseImageReference(image);
  if (!parsed.ok) {
    const message = `The image ${quoteText(image)} cannot be read: ${parsed.message}.`;
    state.findings.add('image-invalid', { range: entry.value.range, path: joinPath(path, entry.key), message, hint: parsed.hint });
  }
  const repository = parsed.ok ? parsed.reference.repository : image;
  const defaultName = repository.slice(repository.lastIndexOf('/') + 1) || image;
  return { id: CONTAINER, type: state.types.get(CONTAINER), image: parsed.ok ? image : null, entry, defaultName };
}

function withImage(gathered: GatheredConfig, named: NamedType, path: string, state: PlanState): GatheredConfig {
  if (named.image === null) return gathered;
  const given = gathered.places.get(IMAGE_KEY) ?? gathered.places.get('docker.image.tag');
  if (given !== undefined) {
    const message = `The image is given in the type, ${quoteText(`docker:${named.image}`)}, and again here.`;
    state.findings.add('image-twice', { range: given.keyRange, path: given.path, message, hint: 'Keep one.' });
    return gathered;
  }
  const place = { keyRange: named.entry.value.range, node: null, path: joinPath(path, named.entry.key) };
  return {
    ...gathered,
    config: { [IMAGE_KEY]: named.image, ...gathered.config },
    places: new Map([...gathered.places, [IMAGE_KEY, place]]),
  };
}

/** `memberSpec: { $brooklyn:entitySpec: {…} }`, or the map by itself. */
function buildMember({ map, type, gathered, path, place }: BuiltCluster, state: PlanState): EntitySpec | null {
  if (gathered.memberSpec !== null) {
    const member = nestedSpecNode(gathered.memberSpec);
    return buildEntitySpec(member.node, { parent: path, path: member.path, segment: 'member' }, state);
  }
  const standard = defaultMember(type, path, state);
  // A spec in config is completed by the entity that makes it.
  const completed = place.segment !== undefined && !MEMBER_SEGMENTS.includes(place.segment);
  if (standard !== null || completed) return standard;
  const range = map.entries.get('type')?.value.range ?? startOf(map.range);
  const hint = 'Add “memberSpec:” with a “type”.';
  const message = 'The cluster does not say what a member is.';
  state.findings.add('member-spec-missing', { range, path: joinPath(place.path, 'memberSpec'), message, hint });
  return null;
}

interface BuiltCluster {
  readonly map: SourceMap;
  readonly type: BlueprintType;
  readonly gathered: GatheredConfig;
  /** Of the entity. */
  readonly path: string;
  readonly place: BuildPlace;
}

const MEMBER_SEGMENTS: readonly string[] = ['member', 'first-member'];

/** What a member is of a cluster whose type says it, and whose blueprint does not. */
function defaultMember(cluster: BlueprintType, parent: string, state: PlanState): EntitySpec | null {
  const type = cluster.memberType === undefined ? undefined : state.types.get(cluster.memberType);
  if (type === undefined) return null;
  const path = uniquePath({ parent, path: '', segment: 'member' }, type.id, state);
  const memberSpec = type.kind === 'cluster' ? defaultMember(type, path, state) : null;
  return { type: type.id, name: type.title, planId: null, path, location: null, config: {}, children: [], memberSpec };
}

function buildFirstMember(gathered: GatheredConfig, parent: string, state: PlanState): { readonly firstMemberSpec?: EntitySpec } {
  if (gathered.firstMemberSpec === null) return {};
  const member = nestedSpecNode(gathered.firstMemberSpec);
  const firstMemberSpec = buildEntitySpec(member.node, { parent, path: member.path, segment: 'first-member' }, state);
  return firstMemberSpec === null ? {} : { firstMemberSpec };
}

/** Stable as long as ids, or names, stay: `web/member`, `redis`, `redis-2`. */
function uniquePath(place: BuildPlace, segment: string, state: PlanState): string {
  const base = `${place.parent === '.' ? '' : `${place.parent}/`}${place.segment === undefined ? segment : slug(place.segment)}`;
  let path = base;
  for (let count = 2; state.paths.has(path); count += 1) path = `${base}-${count}`;
  state.paths.add(path);
  return path;
}

function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}
