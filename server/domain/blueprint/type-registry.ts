import type { z } from 'zod';

/** What the planner must know of an entity type. `EntityTypePlugin` satisfies it; the browser may build it from the API's answer. */
export interface BlueprintType {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly kind: 'group' | 'cluster' | 'container';
  /** Understood and checked; nothing makes it yet. Said with a warning, and refused when deploying. */
  readonly planned?: boolean;
  readonly config: z.ZodType;
  readonly flags: Readonly<Record<string, string>>;
  /** `<n>` in a name stands for a number: `docker.port.<n>`. */
  readonly sensors: readonly { readonly name: string }[];
}

/** Entity types by canonical id. */
export type TypeRegistry = ReadonlyMap<string, BlueprintType>;

/** Config keys that the type declares, in the order of its schema. Empty for a schema that is no object. */
export function declaredKeys(type: BlueprintType): readonly string[] {
  const schema: z.ZodType & { readonly shape?: unknown } = type.config;
  return typeof schema.shape === 'object' && schema.shape !== null ? Object.keys(schema.shape) : [];
}

/** The key that a blueprint means by `name`: itself, or what the flag stands for; undefined when the type declares neither. */
export function canonicalKey(type: BlueprintType, name: string): string | undefined {
  const flagged = Object.hasOwn(type.flags, name) ? type.flags[name] : undefined;
  if (flagged !== undefined) return flagged;
  return declaredKeys(type).includes(name) ? name : undefined;
}

/** True when the type says that it publishes the sensor. */
export function publishes(type: BlueprintType, sensor: string): boolean {
  return type.sensors.some(({ name }) => name === sensor || (name.includes('<n>') && sensor.replace(/\d+/g, '<n>') === name));
}
