import { z } from 'zod';
import type { EffectorDefinition, SensorDefinition } from '../../domain/entity-types/type-members.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface EntityTypeView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly kind: EntityTypePlugin['kind'];
  readonly aliases: readonly string[];
  readonly configSchema: JsonObject;
  readonly sensors: readonly SensorDefinition[];
  readonly effectors: readonly EffectorView[];
}

export interface EffectorView {
  readonly name: string;
  readonly description: string;
  readonly destructive: boolean;
  readonly parametersSchema: JsonObject;
}

export const types = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Entity types that blueprints can use, with the JSON schema of their config',
  rest: 'GET /entity-types',
})
  .output(answerList<EntityTypeView>('Entity types by title'))
  .query(({ ctx: { services } }) =>
    [...services.engine.plugins.entityTypes.values()].map(toEntityTypeView).sort((a, b) => a.title.localeCompare(b.title)),
  );

function toEntityTypeView(type: EntityTypePlugin): EntityTypeView {
  const { id, title, description, icon, kind, aliases, sensors } = type;
  const effectors = type.effectors.map(toEffectorView);
  return { id, title, description, icon, kind, aliases, sensors, configSchema: toJsonSchema(type.config), effectors };
}

export function toEffectorView({ parameters, ...rest }: EffectorDefinition): EffectorView {
  return { ...rest, parametersSchema: toJsonSchema(parameters) };
}

export function toJsonSchema(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonObject;
}
