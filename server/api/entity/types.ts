import { z } from 'zod';
import { type DefaultImage, defaultImage } from '../../domain/entity-types/default-image.ts';
import type { EffectorDefinition } from '../../domain/entity-types/type-members.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

/** An entity type in short; `catalog.type` gives the whole. */
export interface EntityTypeSummary {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly kind: EntityTypePlugin['kind'];
  readonly aliases: readonly string[];
  readonly image: DefaultImage;
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
  summary: 'Entity types that blueprints can use, in short',
  rest: 'GET /entity-types',
})
  .output(answerList<EntityTypeSummary>('Entity types by title'))
  .query(({ ctx: { services } }) =>
    [...services.engine.plugins.entityTypes.values()].map(toSummary).sort((a, b) => a.title.localeCompare(b.title)),
  );

function toSummary(type: EntityTypePlugin): EntityTypeSummary {
  const { id, title, description, icon, kind, aliases } = type;
  return { id, title, description, icon, kind, aliases, image: defaultImage(type) };
}

export function toEffectorView({ parameters, ...rest }: EffectorDefinition): EffectorView {
  return { ...rest, parametersSchema: toJsonSchema(parameters) };
}

export function toJsonSchema(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonObject;
}
