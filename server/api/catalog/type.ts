import { z } from 'zod';
import type { SensorDefinition } from '../../domain/entity-types/type-members.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { answer } from '../answer.ts';
import { type EffectorView, toEffectorView, toJsonSchema } from '../entity/types.ts';
import { missing } from '../error-map.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface TypeDetails {
  readonly id: string;
  readonly configSchema: JsonObject;
  /** Short names and the config keys that they stand for. */
  readonly flags: Readonly<Record<string, string>>;
  /** Config keys whose values are shown to nobody. */
  readonly secretKeys: readonly string[];
  readonly sensors: readonly SensorDefinition[];
  readonly effectors: readonly EffectorView[];
}

export const type = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ id: z.string().min(1).max(200) }),
  summary: 'Config, sensors and effectors of a type that ships',
  rest: 'GET /catalog/types/{id}',
})
  .output(answer<TypeDetails>('What the type takes and gives'))
  .query(({ ctx: { services }, input }): TypeDetails => {
    const { entityTypes, adjunctTypes } = services.engine.plugins;
    const entity = entityTypes.get(input.id);
    const found = entity ?? adjunctTypes.get(input.id);
    if (found === undefined) throw missing();
    return {
      id: found.id,
      configSchema: toJsonSchema(found.config),
      flags: found.flags,
      secretKeys: entity?.secretKeys ?? [],
      sensors: entity?.sensors ?? [],
      effectors: entity?.effectors.map(toEffectorView) ?? [],
    };
  });
