import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import type { RegistryView } from '../masking/record-views.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'administer',
  scope: onSystem,
  input: nothing,
  summary: 'Registries with a login or with names that are fetched from them, without passwords',
  rest: 'GET /registries',
})
  .output(answerList<RegistryView>('Registries by their address'))
  .query(({ ctx: { services } }) =>
    [...services.engine.store.view.all('registry').values()]
      .map((registry) => services.views.view('registry', registry))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
