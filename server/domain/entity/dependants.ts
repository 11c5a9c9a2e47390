import { type ConfigValue, type DslExpression, isDeferred } from '../blueprint/config-value.ts';
import { DSL_FUNCTIONS } from '../blueprint/dsl-functions.ts';
import { createEntityIndex, type EntityLookup } from '../blueprint/entity-lookup.ts';
import { findEntity } from '../blueprint/find-entity.ts';
import { FOUND } from '../blueprint/live-value.ts';
import { escapeRegExp } from '../shared/escape-reg-exp.ts';
import type { ApplicationId, EntityId } from '../shared/ids.ts';
import type { RecordMaps } from '../shared/records.ts';
import type { Entity } from './entity.ts';

/** An entity that goes on, and does not do without what is to end. */
export interface Dependant {
  readonly entityId: EntityId;
  readonly entity: string;
  readonly applicationId: ApplicationId;
  readonly application: string;
  /** `reads datastore.url of Database` */
  readonly why: string;
}

type Tables = RecordMaps<'application' | 'entity' | 'instance' | 'host'>;

/**
 * What depends on some entities, of those that are not among them: expressions in their config that name one of these, load
 * balancers that serve one, and config that names an address which one is reached at. Pure; by name.
 */
export function dependantsOf(victims: ReadonlySet<string>, tables: Tables): readonly Dependant[] {
  const lookup = toLookup(tables);
  const addresses = addressesOf(victims, tables);
  const found: Dependant[] = [];
  for (const entity of tables.entity.values()) {
    if (victims.has(entity.id) || entity.goal === 'destroyed') continue;
    const why = reference(entity, { victims, lookup }) ?? balanced(entity, { victims, tables }) ?? named(entity, addresses);
    const application = tables.application.get(entity.applicationId)?.name ?? '';
    if (why) found.push({ entityId: entity.id, entity: entity.name, applicationId: entity.applicationId, application, why });
  }
  return found.sort((a, b) => a.application.localeCompare(b.application) || a.entity.localeCompare(b.entity));
}

interface Referring {
  readonly victims: ReadonlySet<string>;
  readonly lookup: EntityLookup;
}

/** A member is found by what its cluster is: members come and go, the config of all is one. */
function reference(entity: Entity, { victims, lookup }: Referring): string | null {
  for (const expression of expressionsIn(Object.values(entity.spec.config))) {
    for (const { target, read } of targetsOf(entity, expression, lookup)) {
      if (victims.has(target.id)) return read === null ? `refers to ${target.name}` : `reads ${read} of ${target.name}`;
    }
  }
  return null;
}

function expressionsIn(values: readonly ConfigValue[]): readonly DslExpression[] {
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    if (isDeferred(value)) return [value.$dsl, ...value.$dsl.calls.flatMap(({ args }) => expressionsIn(args))];
    return expressionsIn(Object.values(value));
  });
}

interface Target {
  readonly target: Entity;
  /** Sensor or config key; null where the entity itself is meant. */
  readonly read: string | null;
}

/** The entity that an expression reads; what it passes through on its way is none. */
function targetsOf(self: Entity, { calls }: DslExpression, lookup: EntityLookup): readonly Target[] {
  const searching = { view: lookup, index: createEntityIndex(self, lookup) };
  let at = self;
  let isFound = false;
  for (const { name, args } of calls) {
    const kind = DSL_FUNCTIONS.get(name)?.kind;
    const texts = args.map((argument) => (typeof argument === 'string' ? argument : ''));
    if (kind !== 'entity') return isFound && at.id !== self.id ? [{ target: at, read: texts[0] ?? null }] : [];
    const found = findEntity(name, at, texts, searching);
    if (!found.ok) return [];
    at = found.value[FOUND];
    isFound = true;
  }
  return isFound && at.id !== self.id ? [{ target: at, read: null }] : [];
}

function balanced(entity: Entity, { victims, tables }: { readonly victims: ReadonlySet<string>; readonly tables: Tables }): string | null {
  const serves = entity.instanceId ? (tables.instance.get(entity.instanceId)?.serves ?? []) : [];
  const served = serves.filter((id) => victims.has(tables.instance.get(id)?.entityId ?? '')).length;
  return served === 0 ? null : `sends requests to ${served} of these`;
}

interface Address {
  readonly name: string;
  readonly pattern: RegExp;
}

/** `address:port` of everything that the entities offer on their hosts. */
function addressesOf(victims: ReadonlySet<string>, { entity, instance, host }: Tables): readonly Address[] {
  const found: Address[] = [];
  for (const { entityId, hostId, ports } of instance.values()) {
    const place = host.get(hostId);
    if (!victims.has(entityId) || !place) continue;
    for (const port of ports) {
      const texts = [place.address, place.name].map((text) => `${escapeRegExp(text)}:${port.host}`).join('|');
      const name = `${place.name}:${port.host}, where ${entity.get(entityId)?.name ?? 'it'} is reached`;
      found.push({ name, pattern: new RegExp(`(?<![\\w.-])(?:${texts})(?!\\d)`) });
    }
  }
  return found;
}

function named(entity: Entity, addresses: readonly Address[]): string | null {
  if (addresses.length === 0) return null;
  const config = JSON.stringify(entity.spec.config);
  const address = addresses.find(({ pattern }) => pattern.test(config));
  return address ? `names ${address.name}` : null;
}

function toLookup({ entity: entities, application }: Tables): EntityLookup {
  const byParent = Map.groupBy(entities.values(), (entity) => entity.parentId);
  const byApplication = Map.groupBy(entities.values(), (entity): string => entity.applicationId);
  const parents = new Map<string, readonly Entity[]>();
  for (const [id, children] of byParent) if (id !== null) parents.set(id, children);
  return {
    get: (_kind, id) => entities.get(id),
    all: () => application,
    childrenOf: (id) => parents.get(id) ?? [],
    entitiesOf: (id) => byApplication.get(id) ?? [],
  };
}
