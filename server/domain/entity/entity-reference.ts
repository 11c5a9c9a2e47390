import { z } from 'zod';

/** `$brooklyn:component("web")` once it is resolved, or the id of a service as text. */
export const entityReference = z.union(
  [z.string().min(1), z.strictObject({ $entity: z.string().min(1) })],
  'needs an entity: $brooklyn:component("id"), or its id',
);
