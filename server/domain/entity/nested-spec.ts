import { z } from 'zod';
import type { NestedObject, NestedSpec } from '../blueprint/config-value.ts';
import { isJsonObject } from '../shared/json.ts';

/** A config value that is an entity to be made later: `$brooklyn:entitySpec`, or the map of a service by itself. */
export const nestedSpec = z
  .unknown()
  .refine((value): value is NestedSpec => isJsonObject(value) && isJsonObject(value.$spec), 'needs an entity spec: a map with “type”');

/** A config value that is a placement strategy, policy or plain object: `$brooklyn:object`. */
export const nestedObject = z
  .unknown()
  .refine((value): value is NestedObject => isJsonObject(value) && isJsonObject(value.$object), 'needs $brooklyn:object with “type”');
