import type { Cloud } from '../../domain/entity/host.ts';
import { mayOn } from '../access.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere, cloudChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Clouds that the caller may read',
  rest: 'GET /clouds',
})
  .output(answerList<Cloud>('Clouds by name'))
  .query(({ ctx: { principal, services } }) =>
    [...services.engine.store.view.all('cloud').values()]
      .filter((cloud) => mayOn(principal, 'read', cloudChain(cloud.id)))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
