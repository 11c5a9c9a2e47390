import type { z } from 'zod';
import type { PlacementStrategy } from './placement.ts';

/** A plug-in of `plugins/placement`: one strategy. Pure. */
export interface PlacementPlugin {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Other names by which blueprints and clouds call it: Clocker's class names of all its versions and the talk's. */
  readonly aliases: readonly string[];
  readonly config: z.ZodType;
  /** Flags: other names of config keys. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly strategy: PlacementStrategy;
}
