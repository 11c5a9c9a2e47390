import { isMember } from '../cluster/members.ts';
import type { Entity } from '../entity/entity.ts';
import { COMPONENT_SCOPES } from './dsl-functions.ts';
import { ancestorsOf, createEntityIndex, type EntityIndex, type EntityLookup, findApplication, nearest } from './entity-lookup.ts';
import { toText } from './format-java.ts';
import { FOUND, type Found, isFound, type LiveValue, type Outcome, openValue, refuse } from './live-value.ts';

export interface Searching {
  readonly view: EntityLookup;
  readonly index: EntityIndex;
}

/** The entity that a function of the kind `entity` gives. Ids of the blueprint come before entity ids, the nearest of several wins. */
export function findEntity(name: string, on: Entity, args: readonly LiveValue[], searching: Searching): Outcome<Found> {
  const [first, second] = args;
  if (name === 'component' && second !== undefined) {
    const scope = COMPONENT_SCOPES.get(textOf(first));
    if (scope === undefined) return refuse(`component: there is no scope “${textOf(first)}”.`);
    return findEntity(scope, on, scope === 'scopeRoot' ? [] : [second], searching);
  }
  const found =
    relativeOf(name, on, { view: searching.view, scope: first === undefined ? null : textOf(first) }) ??
    (isFound(first) ? given(name, on, first[FOUND], searching) : undefined);
  if (found === undefined && name === 'parent') return refuse(`“${on.name}” has no parent.`);
  if (found === undefined && isFound(first)) return refuse(`“${first[FOUND].name}” is not ${placeOf(name)} “${on.name}”.`);
  const entity = found ?? lookUp(name, on, textOf(first), searching);
  if (entity !== undefined) return { ok: true, value: { [FOUND]: entity } };
  const hint = 'Check the id against those of the services in the blueprint.';
  return refuse(`There is no “${textOf(first)}” ${placeOf(name)} “${on.name}”.`, hint);
}

/** The entity that `component("id")` of `self` means. */
export function findComponent(self: Entity, id: string, view: EntityLookup): Entity | undefined {
  return lookUp('component', self, id, { view, index: createEntityIndex(self, view) });
}

function textOf(value: LiveValue | undefined): string {
  return toText(openValue(value ?? null).json);
}

/** `scope`: path of the entity that `scopeRoot` means, where the text stands elsewhere than the entity. */
function relativeOf(
  name: string,
  on: Entity,
  { view, scope }: { readonly view: EntityLookup; readonly scope: string | null },
): Entity | undefined {
  switch (name) {
    case 'self':
      return on;
    case 'parent':
      return on.parentId === null ? undefined : view.get('entity', on.parentId);
    case 'root':
      return ancestorsOf(on, view).at(-1);
    case 'scopeRoot': {
      const chain = ancestorsOf(on, view);
      const root = scope ?? on.spec.scopeRoot;
      return chain.find(({ spec }) => spec.path === root) ?? chain.at(-1);
    }
    default:
      return undefined;
  }
}

/** An entity where an id may stand too: it must lie where the function looks. */
function given(name: string, on: Entity, entity: Entity, { view }: Searching): Entity | undefined {
  if (name === 'application') return entity.parentId === null ? entity : undefined;
  const same = entity.applicationId === on.applicationId;
  return same && (LIES.get(name)?.(entity, on, view) ?? false) ? entity : undefined;
}

function lookUp(name: string, on: Entity, id: string, { view, index }: Searching): Entity | undefined {
  if (name === 'application') return findApplication(id, view);
  const lies = LIES.get(name);
  const candidates = lies === undefined ? [] : index.named(id).filter((entity) => lies(entity, on, view));
  // The application itself is meant only when nothing in it has the id.
  const inside = candidates.filter((entity) => entity.parentId !== null);
  return nearest(on, inside.length > 0 ? inside : candidates, view);
}

type Lies = (entity: Entity, on: Entity, view: EntityLookup) => boolean;

const isBelow: Lies = (entity, on, view) => entity.id !== on.id && ancestorsOf(entity, view).some(({ id }) => id === on.id);

const isAmong = (entity: Entity, on: Entity): boolean => on.members?.includes(entity.id) === true;

/** Where each function looks. */
const LIES: ReadonlyMap<string, Lies> = new Map<string, Lies>([
  ['component', () => true],
  ['entity', () => true],
  ['child', (entity, on) => entity.parentId === on.id],
  ['sibling', (entity, on) => entity.id !== on.id && on.parentId !== null && entity.parentId === on.parentId],
  ['descendant', isBelow],
  ['member', (entity, on, view) => isBelow(entity, on, view) || isAmong(entity, on)],
  ['membersOnly', (entity, on) => (entity.parentId === on.id && isMember(entity)) || isAmong(entity, on)],
  ['ancestor', (entity, on, view) => isBelow(on, entity, view)],
]);

const PLACES: ReadonlyMap<string, string> = new Map([
  ['child', 'among the children of'],
  ['sibling', 'among the siblings of'],
  ['descendant', 'below'],
  ['member', 'below or among the members of'],
  ['membersOnly', 'among the members of'],
  ['ancestor', 'above'],
  ['application', 'among the applications beside'],
]);

function placeOf(name: string): string {
  return PLACES.get(name) ?? 'in the application of';
}
