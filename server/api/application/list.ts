import { mayOn } from '../access.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere, applicationChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type ApplicationSummary, toApplicationSummary } from './application-summary.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Applications that the caller may read, with their state, members and hosts',
  rest: 'GET /applications',
})
  .output(answerList<ApplicationSummary>('Applications, newest first'))
  .query(({ ctx: { principal, services } }) => {
    const { view } = services.engine.store;
    return [...view.all('application').values()]
      .filter((application) => {
        const chain = applicationChain(view, application.id);
        return chain !== null && mayOn(principal, 'read', chain);
      })
      .map((application) => toApplicationSummary(services, application))
      .sort((a, b) => b.createdAt - a.createdAt);
  });
