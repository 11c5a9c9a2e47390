import { describe, expect, it } from 'vitest';
import type { ConfigMap } from '../domain/blueprint/config-value.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { expressionOf } from '../testing/expressions.ts';
import { anEntity } from '../testing/records.ts';
import { createFollowerIndex } from './follower-index.ts';

function entity(id: string, config: ConfigMap, planId: string | null = null): Entity {
  return anEntity({ id, planId, spec: { type: 'container', name: id, config } as unknown as Entity['spec'] });
}

function expression(text: string): ConfigMap {
  return { env: { URL: expressionOf(text) } };
}

describe('follower index', () => {
  it('finds who speaks of an entity, by its id in the blueprint', () => {
    const index = createFollowerIndex(({ spec }) => Object.values(spec.config));
    index.put(entity('web', expression('$brooklyn:component("db").attributeWhenReady("datastore.url")')));
    index.put(entity('cache', { size: 3 }));
    expect([...index.followersOf(entity('e1', {}, 'db'))]).toEqual(['web']);
    expect([...index.followersOf(entity('e2', {}, 'other'))]).toEqual([]);
  });

  it('counts those that follow their place with every entity', () => {
    const index = createFollowerIndex(({ spec }) => Object.values(spec.config));
    index.put(entity('web', expression('$brooklyn:parent().attributeWhenReady("main.uri")')));
    expect([...index.followersOf(entity('any', {}))]).toEqual(['web']);
  });

  it('forgets what a new spec no longer says', () => {
    const index = createFollowerIndex(({ spec }) => Object.values(spec.config));
    index.put(entity('web', expression('$brooklyn:component("db").attributeWhenReady("x")')));
    index.put(entity('web', { env: {} }));
    expect([...index.followersOf(entity('e1', {}, 'db'))]).toEqual([]);
    index.remove(entity('web', {}));
    expect([...index.followersOf(entity('e1', {}, 'db'))]).toEqual([]);
  });

  it('tells who waits for another application, and who reads a secret', () => {
    const index = createFollowerIndex(({ spec }) => Object.values(spec.config));
    index.put(entity('web', expression('$brooklyn:application("shop").attributeWhenReady("main.uri")')));
    index.put(entity('db', expression('$brooklyn:formatString("%s", external("vault", "db"))')));
    const other = { ...entity('root', {}, 'shop'), parentId: null, applicationId: 'other' as Entity['applicationId'] };
    expect([...index.followersOf(other)]).toEqual(['web']);
    expect([...index.readersOf({ provider: 'vault', name: 'db' })]).toEqual(['db']);
    expect([...index.readersOf({ provider: 'vault', name: 'web' })]).toEqual([]);
  });
});
