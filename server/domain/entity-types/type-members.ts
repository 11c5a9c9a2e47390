import type { z } from 'zod';

/** A value that entities of a type publish. `<n>` in a name stands for a number: `docker.port.<n>`. */
export interface SensorDefinition {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'json';
  readonly description: string;
  readonly unit?: 'bytes' | 'ratio' | 'perSecond' | 'ms' | 'count';
}

/** An operation that entities of a type can be asked to do. */
export interface EffectorDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: z.ZodType<unknown>;
  /** Stops or removes something: the console asks first. */
  readonly destructive: boolean;
}
