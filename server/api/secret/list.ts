import { usersOfSecret } from '../../engine/secret-users.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import type { SecretView } from '../masking/record-views.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface ListedSecret extends SecretView {
  /** Names of the applications that read it. */
  readonly applications: readonly string[];
}

export const list = procedure({
  permission: 'administer',
  scope: onSystem,
  input: nothing,
  summary: 'Secrets for blueprints, without the secrets themselves',
  rest: 'GET /secrets',
})
  .output(answerList<ListedSecret>('Secrets by provider and name'))
  .query(({ ctx: { services } }) => {
    const { view } = services.engine.store;
    const source = { view, types: services.engine.plugins.entityTypes };
    return [...view.all('secret').values()]
      .map((secret): ListedSecret => {
        const names = usersOfSecret(secret, source).flatMap(({ applicationId }) => view.get('application', applicationId)?.name ?? []);
        return { ...services.views.view('secret', secret), applications: [...new Set(names)].sort() };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  });
