import { describe, expect, it } from 'vitest';
import type { Adjunct } from '../../domain/adjunct/adjunct.ts';
import type { AdjunctSpec } from '../../domain/entity/entity-spec.ts';
import { anEntity } from '../../testing/records.ts';
import { createAdjunctIndex } from './adjunct-index.ts';

function withPolicies(id: string, policies: readonly AdjunctSpec[]) {
  const entity = anEntity({ id });
  return { ...entity, spec: { ...entity.spec, policies } };
}

const scaler: AdjunctSpec = { type: 'auto-scaler', config: {} };

describe('the index of adjuncts', () => {
  it('gives each a key that tells it from the others of its entity', () => {
    const index = createAdjunctIndex();
    const entity = withPolicies('web', [scaler, { ...scaler, id: 'mine' }, scaler]);
    expect(index.put(entity, []).added.map(({ id }) => id)).toEqual(['web:auto-scaler', 'web:mine', 'web:auto-scaler#2']);
    expect(index.put(entity, []).added).toEqual([]);
  });

  it('takes up what operators attach, and lets go what is gone', () => {
    const index = createAdjunctIndex();
    const entity = withPolicies('web', [scaler]);
    index.put(entity, []);
    const { id, applicationId } = entity;
    const record: Adjunct = { id: 'web:more', key: 'more', kind: 'policy', entityId: id, applicationId, spec: { ...scaler, id: 'more' } };
    expect(index.put(entity, [record]).removed).toEqual([]);
    expect(index.of(id).map(({ key }) => key)).toEqual(['auto-scaler', 'more']);
    expect(index.put(withPolicies('web', []), [record]).removed).toEqual(['web:auto-scaler']);
    expect(index.remove(id)).toEqual(['web:more']);
    expect(index.get('web:more')).toBeUndefined();
  });

  it('finds who watches a sensor: of an entity, of members, of children', () => {
    const index = createAdjunctIndex();
    index.put(withPolicies('web', [scaler]), []);
    const id = 'web:auto-scaler';
    index.watch(id, [
      { of: 'entity', sensors: ['load'] },
      { of: 'members', sensors: ['cpu'] },
    ]);
    const web = anEntity({ id: 'web' });
    const member = anEntity({ id: 'm1', parentId: 'web', slot: 1 });
    const child = anEntity({ id: 'c1', parentId: 'web', slot: null });
    expect([...index.watchersOf(web, 'load')]).toEqual([id]);
    expect([...index.watchersOf(web, 'cpu')]).toEqual([]);
    expect([...index.watchersOf(member, 'cpu')]).toEqual([id]);
    expect([...index.watchersOf(child, 'cpu')]).toEqual([]);
    expect([...index.followersOf(member)]).toEqual([id]);
    index.watch(id, [{ of: 'children', sensors: ['cpu'] }]);
    expect([...index.watchersOf(web, 'load')]).toEqual([]);
    expect([...index.watchersOf(child, 'cpu')]).toEqual([id]);
    index.put(withPolicies('web', []), []);
    expect([...index.watchersOf(child, 'cpu')]).toEqual([]);
  });
});
