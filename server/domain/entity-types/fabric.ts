import { isConfigMap } from '../blueprint/config-value.ts';
import type { EntitySpec, LocationSpec } from '../entity/entity-spec.ts';

/**
 * Brooklyn's DynamicFabric as what it is made of: a member in each of its locations, in the order of these. Members are told apart by where
 * they are, so that a location that is added to the blueprint, or taken out, adds or removes just its member.
 */
export function toFabric(spec: EntitySpec): EntitySpec {
  const { memberSpec, firstMemberSpec: _, location, locations, ...whole } = spec;
  if (memberSpec === null) return { ...whole, location, memberSpec: null };
  const places = locations ?? (location === null ? [] : [{ kind: 'named', target: location, options: {} }]);
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  const members = places.map((place): EntitySpec => {
    const where = place.target === '' ? place.kind : place.target;
    const count = (seen.get(where) ?? 0) + 1;
    seen.set(where, count);
    const called = count === 1 ? where : `${where} ${count}`;
    return memberAt(spec, memberSpec, { place, where: called, at: `${spec.path}/${freeName(called, taken)}` });
  });
  const inherited = places.length === 0 ? [memberSpec] : members;
  return { ...whole, location: null, memberSpec: null, children: [...inherited, ...spec.children] };
}

/** Of places that differ in signs and case alone, the later ones have a number. */
function freeName(where: string, taken: Set<string>): string {
  const name = where.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name}-${n}`;
  taken.add(free);
  return free;
}

interface Place {
  readonly place: LocationSpec;
  /** What it is called. */
  readonly where: string;
  /** Path of its member, that of no other of the fabric. */
  readonly at: string;
}

function memberAt({ config }: EntitySpec, member: EntitySpec, { place, where, at }: Place): EntitySpec {
  const flags = config['dynamicfabric.customChildFlags'];
  const own = isConfigMap(flags) ? flags : {};
  const [before, after] = ['dynamicfabric.displayNamePrefix', 'dynamicfabric.displayNameSuffix'].map((key) => textOf(config[key]));
  const name = before === '' && after === '' ? `${member.name} in ${where}` : `${before}${where}${after}`;
  const isNamed = place.kind === 'named';
  return {
    ...moved(member, at),
    name,
    location: isNamed ? place.target : null,
    ...(isNamed ? {} : { locations: [place] }),
    config: { ...member.config, ...own },
  };
}

/** The same, elsewhere in the blueprint: nothing may stand in two places. An id is of the first alone, as references find the nearest. */
function moved(spec: EntitySpec, path: string): EntitySpec {
  const below = (child: EntitySpec): EntitySpec => moved(child, path + child.path.slice(spec.path.length));
  return {
    ...spec,
    path,
    children: spec.children.map(below),
    memberSpec: spec.memberSpec && below(spec.memberSpec),
    ...(spec.firstMemberSpec === undefined ? {} : { firstMemberSpec: below(spec.firstMemberSpec) }),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
