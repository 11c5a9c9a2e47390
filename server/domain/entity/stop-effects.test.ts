import { describe, expect, it } from 'vitest';
import { expressionOf } from '../../testing/expressions.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import type { ConfigMap } from '../blueprint/config-value.ts';
import type { Application } from './application.ts';
import type { Entity } from './entity.ts';
import type { Instance } from './instance.ts';
import { stopEffects } from './stop-effects.ts';

/** A shop: a cluster of two behind a balancer, a database that they read; and a monitor in another application. */
function scene(configs: Readonly<Record<string, ConfigMap>> = {}, serves: readonly string[] = ['i-web-1', 'i-web-2']) {
  const make = (id: string, parentId: string | null, fields: Partial<Entity> = {}): Entity => ({
    ...anEntity({ id, name: id, planId: id }),
    parentId: parentId as Entity['id'] | null,
    instanceId: `i-${id}` as never,
    spec: { config: configs[id] ?? {} } as Entity['spec'],
    ...fields,
  });
  const watch = { applicationId: 'watch' as Entity['applicationId'] };
  const entities = [
    make('shop', null),
    make('web', 'shop'),
    make('web-1', 'web'),
    make('web-2', 'web'),
    make('lb', 'shop'),
    make('db', 'shop'),
    make('watch', null, watch),
    make('monitor', 'watch', watch),
  ];
  const running = (id: string, hostId: string, port: number, fields: Partial<Instance> = {}): Instance => ({
    ...anInstance({ id: `i-${id}`, entityId: id, hostId, state: 'running' }),
    ports: [{ container: 80, host: port, protocol: 'tcp' }],
    serves: [],
    ...fields,
  });
  const instances = [
    running('web-1', 'host-1', 32_001),
    running('web-2', 'host-2', 32_002),
    running('lb', 'host-1', 8_000, { serves: serves as Instance['serves'] }),
    running('db', 'host-2', 3_306),
    running('monitor', 'host-1', 32_003),
  ];
  const applications = [
    { id: 'shop', name: 'Shop' },
    { id: 'watch', name: 'Watch' },
  ] as unknown as Application[];
  const byId = <T extends { readonly id: string }>(records: readonly T[]) => new Map(records.map((one) => [one.id as string, one]));
  return {
    application: byId(applications),
    entity: byId(entities),
    instance: byId(instances),
    host: byId([aHost({ id: 'host-1', address: '10.0.0.1' }), aHost({ id: 'host-2', address: '10.0.0.2' })]),
  };
}

const who = (entityId: string, tables: ReturnType<typeof scene>) =>
  stopEffects(entityId, tables).dependants.map(({ entity, application, why }) => `${entity} of ${application}: ${why}`);

describe('stopEffects', () => {
  it('lists the containers of an entity and all below it, with their hosts', () => {
    expect(stopEffects('web', scene()).containers).toMatchObject([
      { entity: 'web-1', host: 'host-1', state: 'running' },
      { entity: 'web-2', host: 'host-2', state: 'running' },
    ]);
    expect(stopEffects('shop', scene()).containers).toHaveLength(4);
  });

  it('finds who reads a sensor of it, also inside other functions', () => {
    const tables = scene({
      'web-1': { env: { DB: expressionOf('$brooklyn:component("db").attributeWhenReady("datastore.url")') } },
      'web-2': { url: expressionOf('$brooklyn:formatString("%s/x", component("db").attributeWhenReady("main.uri"))') },
      lb: { target: expressionOf('$brooklyn:component("web")') },
    });
    expect(who('db', tables)).toEqual(['web-1 of Shop: reads datastore.url of db', 'web-2 of Shop: reads main.uri of db']);
    expect(who('web', tables)).toEqual(['lb of Shop: refers to web']);
  });

  it('finds the load balancer that serves it', () => {
    expect(who('web-2', scene())).toEqual(['lb of Shop: sends requests to 1 of these']);
    expect(who('web-2', scene({}, []))).toEqual([]);
  });

  it('finds the config of other applications that names its address, and no other number that looks alike', () => {
    const naming = (text: string) => scene({ monitor: { env: { TARGET: text } } }, []);
    expect(who('shop', naming('http://10.0.0.1:8000/health'))).toEqual(['monitor of Watch: names host-1:8000, where lb is reached']);
    expect(who('shop', naming('host-2:3306'))).toEqual(['monitor of Watch: names host-2:3306, where db is reached']);
    for (const text of ['http://10.0.0.1:80001/', '110.0.0.1:8000', '10.0.0.1:32003']) expect(who('shop', naming(text))).toEqual([]);
  });

  it('does not count what ends as well', () => {
    const tables = scene({ 'web-1': { url: expressionOf('$brooklyn:component("db").attributeWhenReady("datastore.url")') } });
    expect(who('shop', tables)).toEqual([]);
  });
});
