import { z } from 'zod';
import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import type { ConfigMap } from './config-value.ts';

/** What the planner must know of an entity type. */
export interface BlueprintType {
  /** Canonical type id in blueprints and records. */
  readonly id: string;
  readonly title: string;
  /** Other names by which blueprints call it (Brooklyn's and Clocker's, of all their versions). */
  readonly aliases: readonly string[];
  /**
   * `software` is a process that is installed and run somewhere, in a container or on a machine; `cloud` is a cluster of machines that
   * others are deployed to, `host` one of them.
   */
  readonly kind: 'group' | 'cluster' | 'container' | 'software' | 'cloud' | 'host';
  /** Understood and checked; nothing makes it yet. Said with a warning, and refused when deploying. */
  readonly planned?: boolean;
  /** What it needs and has never met, in words. Said with a warning. */
  readonly unverified?: string;
  /** Of a planned or unverified type: another that does the same in this version. */
  readonly instead?: string;
  /** Makes something in each location that it is given; types without it take one. */
  readonly manyLocations?: boolean;
  /** Config keys that nothing acts on yet, and why that matters. Said with a warning, and refused when deploying. */
  readonly plannedKeys?: KeyNotes;
  /** Config keys of Brooklyn's or Clocker's that are never obeyed, and why. Said with a warning. */
  readonly notHonoured?: KeyNotes;
  /** Config keys whose values are secrets: the API shows `***`. */
  readonly secretKeys?: readonly string[];
  /** For a cluster whose members are of one type unless the blueprint says what a member is: that type. */
  readonly memberType?: string;
  /**
   * It is made of others: what stands in its place, with children of other types. A cluster that is made so has no members itself; those
   * that the blueprint gives it are for the cluster among its children.
   */
  compose?(spec: EntitySpec): EntitySpec;
  /** What each entity of the type has attached besides that of its blueprint: how it is measured. `config`: as the blueprint gives it, with what it inherits. */
  measures?(config: ConfigMap): readonly AdjunctSpec[];
  /** May be the root of what is deployed: a single service of the type needs no application around it. */
  readonly application?: boolean;
  readonly config: z.ZodType;
  /** Commands install and run it, where it has a machine or a container that stays for them; absent where nothing does yet. */
  readonly software?: object;
  /** Flags: short names for config keys (`env` → `docker.container.environment`). */
  readonly flags: Readonly<Record<string, string>>;
  /** `<n>` in a name stands for a number, `<name>` for that of a network: `docker.port.<n>`. */
  readonly sensors: readonly { readonly name: string }[];
}

/** A reason by config key, or by the keys of the map that the config key holds. */
export type KeyNotes = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Entity types by canonical id. */
export type TypeRegistry = ReadonlyMap<string, BlueprintType>;

/** A type of entities or of what is attached to them. */
type ConfiguredType = Pick<BlueprintType, 'config' | 'flags'>;

/** The schema of each config key that the type declares, in order. Empty for a schema that is no object. */
export function configShape({ config }: Pick<BlueprintType, 'config'>): Readonly<Record<string, z.ZodType>> {
  return config instanceof z.ZodObject ? config.shape : {};
}

/** Config keys that the type declares, in the order of its schema. */
export function declaredKeys(type: Pick<BlueprintType, 'config'>): readonly string[] {
  return Object.keys(configShape(type));
}

/** Whether the type does something with a key: it declares it, and says neither that nothing acts on it yet nor that it is never obeyed. */
export function actsOn(type: Pick<BlueprintType, 'config' | 'plannedKeys' | 'notHonoured'>, key: string): boolean {
  return Object.hasOwn(configShape(type), key) && !isUnused(type, key);
}

/** Whether the type says that nothing acts on a key yet, or that it is never obeyed. */
export function isUnused({ plannedKeys = {}, notHonoured = {} }: Pick<BlueprintType, 'plannedKeys' | 'notHonoured'>, key: string): boolean {
  return Object.hasOwn(plannedKeys, key) || Object.hasOwn(notHonoured, key);
}

/** The key that a blueprint means by `name`: itself, or what the flag stands for; undefined when the type declares neither. */
export function canonicalKey(type: ConfiguredType, name: string): string | undefined {
  const flagged = Object.hasOwn(type.flags, name) ? type.flags[name] : undefined;
  if (flagged !== undefined) return flagged;
  return declaredKeys(type).includes(name) ? name : undefined;
}

/** True when the type says that it publishes the sensor. */
export function publishes(type: BlueprintType, sensor: string): boolean {
  const likeIt = [sensor, sensor.replace(/\d+/g, '<n>'), sensor.replace(/^network\..+\.address$/, 'network.<name>.address')];
  return type.sensors.some(({ name }) => likeIt.includes(name));
}
