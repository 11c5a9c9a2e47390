import { type ListedNetwork, listNetworks } from '../../domain/network/list-networks.ts';
import { mayOn } from '../access.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere, applicationChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Networks of applications that the caller may read: addresses, hosts with what is wrong there, containers',
  rest: 'GET /networks',
})
  .output(answerList<ListedNetwork>('By application and name'))
  .query(({ ctx: { principal, services } }) => {
    const { view } = services.engine.store;
    const tables = {
      network: view.all('network'),
      virtualNetwork: view.all('virtualNetwork'),
      instance: view.all('instance'),
      host: view.all('host'),
    };
    return listNetworks(tables).filter(({ applicationId }) => {
      const chain = applicationChain(view, applicationId);
      return chain !== null && mayOn(principal, 'read', chain);
    });
  });
