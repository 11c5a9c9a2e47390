import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import type { CredentialView } from '../masking/record-views.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'administer',
  scope: onSystem,
  input: nothing,
  summary: 'SSH credentials, without their private keys',
  rest: 'GET /credentials',
})
  .output(answerList<CredentialView>('Credentials by name'))
  .query(({ ctx: { services } }) =>
    [...services.engine.store.view.all('credential').values()]
      .map((credential) => services.views.view('credential', credential))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
