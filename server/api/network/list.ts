import { type ListedNetwork, listNetworks } from '../../domain/network/list-networks.ts';
import { mayOn, type ScopeChain } from '../access.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { anywhere, applicationChain, cloudChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: nothing,
  summary: 'Networks of clouds and applications that the caller may read: addresses, hosts with what is wrong there, containers',
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
    const maySee = (chain: ScopeChain | null): boolean => chain !== null && mayOn(principal, 'read', chain);
    return listNetworks(tables)
      .filter(({ applicationId, cloudId }) =>
        maySee(applicationId === null ? cloudId && cloudChain(cloudId) : applicationChain(view, applicationId)),
      )
      .map((network) => ({
        ...network,
        members: network.members.filter((member) => maySee(applicationChain(view, member.applicationId))),
      }));
  });
