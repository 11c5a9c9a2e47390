import type { Entity } from '../entity/entity.ts';
import type { SensorWaits, WaitTimes } from '../entity/sensor-waits.ts';
import type { ConfigValue } from './config-value.ts';
import type { EntityIndex, EntityLookup } from './entity-lookup.ts';
import type { Outcome } from './live-value.ts';
import type { TypeRegistry } from './type-registry.ts';

/** Reads secrets for `external`. */
export interface SecretReader {
  /** Undefined when there is none. */
  read(provider: string, name: string): string | undefined;
  /** What stands for a text that holds a secret, wherever that is kept or shown: always the same for the same text. */
  conceal(text: string): string;
}

export interface ResolveContext {
  /** The entity whose config it is. */
  readonly self: Entity;
  readonly view: EntityLookup;
  /** Give the defaults of keys that nobody sets, and tell which keys an entity declares. */
  readonly types?: TypeRegistry;
  readonly secrets?: SecretReader;
  /** Of the application in `view`, where the config of many of its entities is evaluated at once; absent makes one. */
  readonly index?: EntityIndex;
}

/** One evaluation on its way. What is counted and found is shared by all its parts. */
export interface Evaluation extends ResolveContext {
  readonly index: EntityIndex;
  readonly shared: Shared;
  /** `<entity id> <key>` of the config values being resolved, outermost first. */
  readonly open: readonly string[];
  resolve(value: ConfigValue, evaluation: Evaluation): Outcome;
}

export interface Shared {
  /** Function calls that may still be made. */
  calls: number;
  readonly time: Waiting | null;
}

/** Waits that have a clock; null where only what is there now is asked for. */
export interface Waiting {
  readonly now: number;
  readonly before: SensorWaits;
  readonly waits: Record<string, WaitTimes>;
  deadline: number | null;
  failure: string | null;
}

/** Bounds values that refer to each other many times over, and the text they grow to. */
export const MOST_CALLS = 20_000;
export const MOST_TEXT = 1024 * 1024;
