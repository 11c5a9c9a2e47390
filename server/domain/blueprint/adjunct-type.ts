import type { z } from 'zod';
import type { AddedEffector } from '../adjunct/added-effector.ts';
import type { AdjunctBehaviour } from '../adjunct/behaviour.ts';
import type { FeedBehaviour } from '../adjunct/feed.ts';
import type { ConfigMap } from './config-value.ts';
import type { KeyNotes } from './type-registry.ts';

/** What can be attached to an entity, or made by `$brooklyn:object`, besides entities themselves. */
export type AdjunctKind = 'policy' | 'enricher' | 'initializer' | 'location' | 'placement' | 'object';

/** What the planner must know of the type of a policy, enricher, initializer, placement strategy or plain object. */
export interface AdjunctType<Config = unknown, Memory = unknown> {
  readonly id: string;
  readonly title: string;
  /** One sentence on what it does. */
  readonly description: string;
  readonly kind: AdjunctKind;
  /** Other names by which blueprints call it (Brooklyn's and Clocker's, of all their versions). */
  readonly aliases: readonly string[];
  readonly config: z.ZodType<Config>;
  /** Flags: short names for config keys. */
  readonly flags: Readonly<Record<string, string>>;
  /** Understood and checked; nothing acts on it yet. Said with a warning, and refused when deploying. */
  readonly planned: boolean;
  /** Config keys of Brooklyn's or Clocker's that are never obeyed, and why. Said with a warning. */
  readonly notHonoured?: KeyNotes;
  /** Config keys that nothing acts on yet, and why that matters. Said with a warning, and refused when deploying. */
  readonly plannedKeys?: KeyNotes;
  /** Names of sensors that it publishes and that no key such as `targetSensor` gives; for planning. */
  readonly publishes?: (config: ConfigMap) => readonly string[];
  /** What a policy or enricher does. */
  readonly behaviour?: AdjunctBehaviour<Config, Memory>;
  /** Sensors that it fetches. */
  readonly feed?: FeedBehaviour<Config>;
  /** The operation that it adds. */
  readonly effector?: AddedEffector<Config>;
}
