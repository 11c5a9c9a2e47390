import type { EntitySpec } from '../entity/entity-spec.ts';
import { type ConfigValue, isConfigMap } from './config-value.ts';
import { entityPath } from './entity-path.ts';
import { joinPath, type TextRange } from './findings.ts';
import type { GatheredConfig, ScopedNode } from './gather-config.ts';
import { nestedSpecNode } from './nested-spec-node.ts';
import type { BuildPlace, PlanState } from './plan-state.ts';
import type { NamedType } from './read-type.ts';
import { type BlueprintType, canonicalKey } from './type-registry.ts';

interface Cluster {
  readonly named: NamedType;
  readonly path: string;
  /** Where its type is named. */
  readonly at: { readonly range: TextRange; readonly path: string };
  readonly place: BuildPlace;
}

/** What the members of a cluster are: as the blueprint says (`memberSpec`), or else as its type has it. */
export function buildMembers(
  gathered: GatheredConfig,
  { named, path, at, place }: Cluster,
  state: PlanState,
): Pick<EntitySpec, 'memberSpec' | 'firstMemberSpec'> {
  const type = named.type?.kind === 'cluster' || named.type?.kind === 'cloud' ? named.type : undefined;
  if (type === undefined) return { memberSpec: null };
  const flags = gathered.config['dynamiccluster.customChildFlags'];
  const complete = (spec: EntitySpec | null): EntitySpec | null => withFlags(spec, flags, state);
  const first = complete(gathered.firstMemberSpec && build(gathered.firstMemberSpec, 'first-member', path, state));
  const firstMemberSpec = first === null ? {} : { firstMemberSpec: first };
  if (gathered.memberSpec !== null) return { memberSpec: complete(build(gathered.memberSpec, 'member', path, state)), ...firstMemberSpec };
  const standard = complete(defaultMember(type, path, state));
  // A spec in config is completed by the entity that makes it.
  const completed = place.segment !== undefined && !MEMBER_SEGMENTS.includes(place.segment);
  if (standard !== null || completed || state.completedLater) return { memberSpec: standard, ...firstMemberSpec };
  const message = 'The cluster does not say what a member is.';
  const hint = 'Add “memberSpec:” with a “type”.';
  state.findings.add('member-spec-missing', { range: at.range, path: joinPath(place.path, 'memberSpec'), message, hint });
  return { memberSpec: null, ...firstMemberSpec };
}

/** Config and flags that the cluster gives to its members, over what their spec says. */
function withFlags(spec: EntitySpec | null, flags: ConfigValue | undefined, { types }: PlanState): EntitySpec | null {
  if (spec === null || !isConfigMap(flags)) return spec;
  const type = types.get(spec.type);
  const own = Object.entries(flags).map(([name, value]) => [(type && canonicalKey(type, name)) ?? name, value]);
  return { ...spec, config: { ...spec.config, ...Object.fromEntries(own) } };
}

const MEMBER_SEGMENTS: readonly string[] = ['member', 'first-member'];

/** What a member is of a cluster whose type says it, and whose blueprint does not. */
function defaultMember(cluster: BlueprintType, parent: string, state: PlanState): EntitySpec | null {
  const type = cluster.memberType === undefined ? undefined : state.types.get(cluster.memberType);
  if (type === undefined) return null;
  const path = entityPath({ parent, path: '', segment: 'member' }, type.id, state);
  const memberSpec = type.kind === 'cluster' ? defaultMember(type, path, state) : null;
  const spec = { type: type.id, name: type.title, planId: null, path, location: null, config: {}, children: [], memberSpec };
  return type.compose?.(spec) ?? spec;
}

/** `{ $brooklyn:entitySpec: {…} }`, or the map of a service by itself. */
function build(given: ScopedNode, segment: string, parent: string, state: PlanState): EntitySpec | null {
  const { node, path } = nestedSpecNode(given);
  return state.builders.entity(node, { parent, path, segment, scope: given.scope });
}
