import { describe, expect, it } from 'vitest';
import { anEntity, anInstance } from '../../testing/records.ts';
import { unmetDependency } from './dependencies.ts';
import { inDependencyOrder } from './dependency-order.ts';
import type { Entity } from './entity.ts';
import type { DependencySpec } from './entity-spec.ts';
import type { Instance } from './instance.ts';
import type { RestartPolicy } from './restart-policy.ts';

interface Other {
  readonly entity?: Partial<Entity>;
  readonly row?: Partial<Instance> | null;
  readonly policy?: RestartPolicy;
  readonly members?: readonly (Partial<Instance> | null)[];
}

function unmet(
  condition: DependencySpec['condition'],
  { entity = {}, row = {}, policy = { kind: 'always' }, members }: Other = {},
  more = {},
) {
  const size = members ? 2 : null;
  const db: Entity = { ...anEntity({ id: 'db', planId: 'db' }), size, ...entity };
  const rows = new Map<string, Instance>();
  const put = (id: string, fields: Partial<Instance> | null) => {
    const base = { ...anInstance({ id, state: 'running', ready: true, startedAt: 1 }), stoppingSince: null };
    if (fields) rows.set(id, { ...base, ...fields });
  };
  put('db', row);
  const children = (members ?? []).map((fields, index): Entity => {
    put(`m${index}`, fields);
    return { ...anEntity({ id: `m${index}` }), size: null, slot: index + 1 };
  });
  return unmetDependency([{ on: 'db', condition, ...more }], {
    find: (planId) => (planId === 'db' ? db : undefined),
    childrenOf: (id) => (id === 'db' ? children : []),
    instanceOf: ({ id }) => rows.get(id),
    policyOf: () => policy,
  });
}

describe('unmetDependency', () => {
  it('waits for a container that runs', () => {
    expect(unmet('started')).toBeNull();
    expect(unmet('started', { row: { ready: false } })).toBeNull();
    expect(unmet('started', { row: { state: 'created' } })).toBe('db: started');
    expect(unmet('started', { row: null })).toBe('db: started');
  });

  it('waits for one that serves', () => {
    expect(unmet('healthy')).toBeNull();
    expect(unmet('healthy', { row: { ready: false } })).toBe('db: healthy');
    expect(unmet('healthy', { entity: { goal: 'stopped' } })).toBe('db: healthy (it is stopped)');
  });

  it('waits for one that has completed, and says why that will not come', () => {
    const policy = { kind: 'no' } as const;
    expect(unmet('completed', { row: { state: 'exited', exitCode: 0 }, policy })).toBeNull();
    expect(unmet('completed', { policy })).toBe('db: completed');
    expect(unmet('completed', { row: { state: 'exited', exitCode: 3 }, policy })).toBe('db: completed (it ended with exit code 3)');
    expect(unmet('completed')).toBe('db: completed (its restart policy is always)');
    expect(unmet('healthy', { row: { state: 'exited', exitCode: 0 }, policy })).toBe('db: healthy (it has completed)');
  });

  it('waits for every member of a cluster, also for those that are still to be made', () => {
    expect(unmet('healthy', { members: [{}, {}] })).toBeNull();
    expect(unmet('healthy', { members: [{}, { ready: false }] })).toBe('db: healthy');
    expect(unmet('started', { members: [{}] })).toBe('db: started');
  });

  it('goes on without what is not required, where that is not there or will not come', () => {
    expect(unmet('healthy', { entity: { actual: 'ON_FIRE' }, row: { ready: false } }, { required: false })).toBeNull();
    expect(unmet('healthy', { row: { ready: false } }, { required: false })).toBe('db: healthy');
    expect(unmet('healthy', {}, { on: 'nobody', required: false })).toBeNull();
    expect(unmet('healthy', {}, { on: 'nobody' })).toBe('nobody: healthy (it is not there)');
  });
});

describe('inDependencyOrder', () => {
  const item = (id: string, on: readonly string[] = []) => {
    const base = anEntity({ id, planId: id });
    return { entity: { ...base, spec: { ...base.spec, dependsOn: on.map((one) => ({ on: one, condition: 'started' as const })) } } };
  };
  const order = (...items: ReturnType<typeof item>[]) => inDependencyOrder(items).map(({ entity }) => entity.id);

  it('puts first what others depend on and keeps the order otherwise', () => {
    expect(order(item('web', ['api']), item('other'), item('api', ['db']), item('db'))).toEqual(['db', 'api', 'web', 'other']);
  });

  it('ends with a circle', () => {
    expect(order(item('a', ['b']), item('b', ['a']))).toHaveLength(2);
  });
});
