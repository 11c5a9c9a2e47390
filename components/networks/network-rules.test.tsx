import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import type { LiveChange } from '@/components/live/live-state.ts';
import type { ListedNetwork } from '@/server/domain/network/list-networks.ts';
import { NetworkRules } from './network-rules.tsx';

afterEach(cleanup);

function show(config: object) {
  const root = { id: 'r', applicationId: 'shop', parentId: null, planId: null, type: 'application', spec: { config } };
  const stores = makeLiveStores();
  stores.live.apply({ revision: 1, snapshot: [{ kind: 'entity', id: 'r', record: root } as unknown as LiveChange] });
  const network = { applicationId: 'shop', name: 'back', provider: 'vxlan' } as unknown as ListedNetwork;
  render(
    <LiveContext value={stores}>
      <NetworkRules network={network} />
    </LiveContext>,
  );
}

it('lists who may connect to whom, and says that the rest may not', () => {
  show({ 'network.rules': [{ from: 'web', to: 'db', ports: [3_306, '53/udp'] }] });
  expect(screen.getByRole('heading', { name: 'Closed but for 1 rule' })).toBeTruthy();
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual(['FromToPorts', 'webdb3306, 53/udp']);
});

it('says nothing of a network that is open', () => {
  show({});
  expect(screen.queryByRole('table')).toBeNull();
});
