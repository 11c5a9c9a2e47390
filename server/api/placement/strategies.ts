import type { JsonObject } from '../../domain/shared/json.ts';
import { answerList } from '../answer.ts';
import { toJsonSchema } from '../entity/types.ts';
import { nothing } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface StrategyView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly configSchema: JsonObject;
}

export const strategies = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Placement strategies that clouds and clusters can use',
  rest: 'GET /placement-strategies',
})
  .output(answerList<StrategyView>('Strategies by title'))
  .query(({ ctx: { services } }) =>
    [...services.engine.plugins.placement.values()]
      .map(({ id, title, description, aliases, config }) => ({ id, title, description, aliases, configSchema: toJsonSchema(config) }))
      .sort((a, b) => a.title.localeCompare(b.title)),
  );
