import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { MemberList } from './member-list.tsx';

afterEach(cleanup);

const anEntity = (fields: object): Entity =>
  ({ applicationId: 'shop', parentId: null, type: 'cluster', slot: null, problems: {}, ...fields }) as unknown as Entity;

const POOL = anEntity({ id: 'pool', name: 'Pool', actual: 'RUNNING' });
const KEPT = anEntity({
  id: 'm1',
  name: 'web-1',
  slot: 1,
  parentId: 'pool',
  actual: 'STOPPED',
  quarantine: { reason: 'It ended with exit code 3', at: 1 },
});
const WELL = anEntity({ id: 'm2', name: 'web-2', slot: 2, parentId: 'pool', actual: 'RUNNING' });

function show(entity: Entity): void {
  const stores = makeLiveStores();
  const records = [POOL, KEPT, WELL, entity].map((record) => ({ kind: 'entity' as const, id: record.id, record }));
  stores.live.apply({ revision: 1, snapshot: records });
  render(
    <LiveContext value={stores}>
      <MemberList entity={entity} />
    </LiveContext>,
  );
}

it('lists what a quarantine keeps, with the reason', () => {
  show(anEntity({ id: 'q', type: 'quarantine-group', parentId: 'pool' }));
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['web-1']);
  expect(screen.getByText('It ended with exit code 3')).toBeDefined();
});

it('lists the members of a group, wherever they stand', () => {
  show(anEntity({ id: 'g', members: ['m2' as Entity['id']] }));
  expect(screen.getByRole('link').getAttribute('href')).toContain('?entity=m2');
});

it('is not there for what has children only', () => {
  show(POOL);
  expect(screen.queryByRole('region')).toBeNull();
});
