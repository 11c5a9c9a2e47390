import type { z } from 'zod';

/** What can be attached to an entity, or made by `$brooklyn:object`, besides entities themselves. */
export type AdjunctKind = 'policy' | 'enricher' | 'initializer' | 'location' | 'placement' | 'object';

/** What the planner must know of the type of a policy, enricher, initializer, placement strategy or plain object. */
export interface AdjunctType {
  readonly id: string;
  readonly title: string;
  readonly kind: AdjunctKind;
  /** Other names by which blueprints call it (Brooklyn's and Clocker's, of all their versions). */
  readonly aliases: readonly string[];
  readonly config: z.ZodType;
  /** Flags: short names for config keys. */
  readonly flags: Readonly<Record<string, string>>;
  /** Understood and checked; nothing acts on it yet. Said with a warning, and refused when deploying. */
  readonly planned: boolean;
}
