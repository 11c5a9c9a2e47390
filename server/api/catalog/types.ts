import type { AdjunctKind } from '../../domain/blueprint/adjunct-type.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

/** A type that ships, in short. */
export interface ShippedType {
  readonly id: string;
  readonly kind: 'entity' | AdjunctKind;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** Understood and checked; not deployable yet. */
  readonly planned: boolean;
}

export const types = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Types that ship: entities, policies, enrichers, initializers, placement strategies and objects',
  rest: 'GET /catalog/types',
})
  .output(answerList<ShippedType>('Types by title'))
  .query(({ ctx: { services } }): readonly ShippedType[] => {
    const { entityTypes, adjunctTypes } = services.engine.plugins;
    const entities = [...entityTypes.values()].map(({ id, title, description, aliases, planned }): ShippedType => {
      return { id, kind: 'entity', title, description, aliases, planned: planned ?? false };
    });
    const adjuncts = [...adjunctTypes.values()].map(({ id, kind, title, description, aliases, planned }): ShippedType => {
      return { id, kind, title, description, aliases, planned };
    });
    return [...entities, ...adjuncts].sort((a, b) => a.title.localeCompare(b.title));
  });
