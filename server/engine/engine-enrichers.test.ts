import { afterEach, describe, expect, it } from 'vitest';
import type { Adjunct } from '../domain/adjunct/adjunct.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { Json } from '../domain/shared/json.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(services: string): Promise<void> {
  fixture = await openEngineFixture({ hosts: 1 });
  await deployApplication(fixture.engine.context, USER, { text: `name: shop\nlocation: ${CLOUD}\nservices:\n${services}` });
  await fixture.pass(5_000);
}

const web = (...enrichers: readonly string[]) => `- type: docker:web:1
  id: web
  brooklyn.enrichers:
${enrichers.map((each) => `  - ${each}`).join('\n')}
`;
const pool = (...enrichers: readonly string[]) => `- type: cluster
  id: pool
  initialSize: 3
  memberSpec: { type: 'docker:web:1', id: one }
  brooklyn.enrichers:
${enrichers.map((each) => `  - ${each}`).join('\n')}
`;

function entity(planId = 'web'): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(
    (one) => one.planId === planId && (planId !== 'pool' || one.size !== null),
  );
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

function members(): readonly Entity[] {
  return fixture.store.view.childrenOf(entity('pool').id);
}

async function say(of: Entity, values: Readonly<Record<string, Json>>, ms = 1_000): Promise<void> {
  fixture.engine.context.sensors.publish(of.id, fixture.clock.now(), values);
  await fixture.pass(ms);
}

const sensor = (name: string, of = entity()): Json | undefined => {
  return fixture.engine.context.metrics.heard(of.id, name)?.value ?? fixture.store.view.get('entity', of.id)?.sensors[name];
};
const said = (of = entity()): readonly Adjunct[] => fixture.store.view.adjunctsOf(of.id);

describe('enrichers of one sensor', () => {
  it('transform it by an expression, or into a value', async () => {
    await deploy(
      web(
        '{ type: transformer, sourceSensor: load, targetSensor: load.percent, transformation: "round(value * 100)" }',
        `{ type: transformer, sourceSensor: load, targetSensor: words, targetValue: '$brooklyn:formatString("load is %s", attributeWhenReady("load"))' }`,
      ),
    );
    await say(entity(), { load: 0.256 });
    expect([sensor('load.percent'), sensor('words')]).toEqual([26, 'load is 0.256']);
    await say(entity(), { load: 0.5 });
    expect([sensor('load.percent'), sensor('words')]).toEqual([50, 'load is 0.5']);
  });

  it('give its change, its rate, its means and its part of a whole', async () => {
    await deploy(
      web(
        '{ type: delta, sourceSensor: n, targetSensor: n.delta }',
        '{ type: time-weighted-delta, sourceSensor: n, targetSensor: n.rate, period: 1s }',
        '{ type: rolling-mean, sourceSensor: n, targetSensor: n.mean, windowSize: 2 }',
        '{ type: rolling-time-window-mean, sourceSensor: n, targetSensor: n.window, timePeriod: 10s, confidenceRequired: 0.5 }',
        '{ type: percentage, sourceCurrentSensor: n, sourceTotalSensor: all, targetSensor: n.part }',
      ),
    );
    await say(entity(), { n: 10, all: 200 }, 5_000);
    expect([sensor('n.delta'), sensor('n.rate'), sensor('n.mean'), sensor('n.window'), sensor('n.part')]).toEqual([
      undefined,
      undefined,
      10,
      undefined,
      0.05,
    ]);
    await say(entity(), { n: 40 }, 5_000);
    expect([sensor('n.delta'), sensor('n.rate'), sensor('n.mean'), sensor('n.window'), sensor('n.part')]).toEqual([30, 6, 25, 10, 0.2]);
    await say(entity(), { n: 40 });
    expect([sensor('n.delta'), sensor('n.rate'), sensor('n.window')]).toEqual([0, 0, 25]);
  });

  it('join lists, combine sensors, keep entries of maps', async () => {
    await deploy(
      web(
        '{ type: joiner, sourceSensor: hosts, targetSensor: line, separator: ";", quote: false }',
        '{ type: combiner, sourceSensors: [a, b], targetSensor: sum, transformation: sum }',
        '{ type: reducer, sourceSensors: [a, b], targetSensor: text, transformation: formatString, parameters: { format: "%s of %s" } }',
        `{ type: updating-map, sourceSensor: a, targetSensor: state, key: first, computing: 'value > 1 ? dyn("many") : dyn(null)' }`,
        '{ type: updating-map, sourceSensor: b, targetSensor: state }',
      ),
    );
    await say(entity(), { hosts: ['x', 'y'], a: 2, b: 3 });
    expect(entity().sensors).toMatchObject({ line: 'x;y', sum: 5, text: '2 of 3', state: { first: 'many', b: 3 } });
    await say(entity(), { a: 1 });
    expect(entity().sensors.state).toEqual({ b: 3 });
  });

  it.each([
    ['{ type: transformer, sourceSensor: n, targetSensor: n, transformation: value + 1 }', 'would wake itself for ever'],
    ['{ type: transformer, sourceSensor: n, targetSensor: service.isUp }', 'service.isUp is worked out by the console itself'],
    ['{ type: transformer, sourceSensor: n, targetSensor: m, transformation: value.size() }', 'size'],
    ['{ type: delta, sourceSensor: text, targetSensor: m }', 'its source is no number'],
    ['{ type: delta, sourceSensor: none, targetSensor: m }', 'there is no value of none'],
  ])('%s is frozen, and says why', async (enricher, why) => {
    await deploy(web(enricher));
    await say(entity(), { n: 1, text: 'words' });
    expect(said()[0]?.highlight).toMatchObject({ level: 'frozen', text: expect.stringContaining(why) });
    expect([sensor('n'), sensor('m')]).toEqual([1, undefined]);
  });

  it('with an expression that is wrong is refused when it is planned', async () => {
    await expect(deploy(web('{ type: transformer, sourceSensor: n, targetSensor: m, transformation: value + }'))).rejects.toMatchObject({
      code: 'blueprint.invalid',
      message: expect.stringContaining('the expression'),
    });
  });

  it('that make a sensor of each other come to rest, or are held back', async () => {
    await deploy(
      web(
        '{ type: transformer, sourceSensor: a, targetSensor: b }',
        '{ type: transformer, sourceSensor: b, targetSensor: a }',
        '{ type: transformer, sourceSensor: c, targetSensor: d, transformation: value + 1 }',
        '{ type: transformer, sourceSensor: d, targetSensor: c, transformation: value + 1 }',
      ),
    );
    let updates = 0;
    const stop = fixture.engine.context.metrics.subscribe(() => {
      updates += 1;
    });
    await say(entity(), { a: 5 }, 10_000);
    expect([sensor('a'), sensor('b'), updates]).toEqual([5, 5, 2]);
    await say(entity(), { c: 1 }, 10_000);
    stop();
    expect(updates).toBeLessThan(2_000);
  });
});

describe('addresses', () => {
  it('are published as they are reached from outside and inside', async () => {
    await deploy(`${web('{ type: on-public-network, sensors: [main.uri, http.port, host.address] }', '{ type: on-subnet-network, sensors: [main.uri, http.port] }')}  brooklyn.config: { docker.container.openPorts: [80] }
`);
    await say(entity(), { 'http.port': 80 });
    const { sensors } = entity();
    const [host, inside, port] = [sensors['host.address'], sensors['host.subnet.address'], sensors['docker.port.80']];
    expect(sensors).toMatchObject({
      'main.uri.mapped.public': `http://${host}:${port}/`,
      'http.endpoint.mapped.public': `${host}:${port}`,
      'host.address.mapped.public': host,
      'main.uri.mapped.subnet': `http://${inside}:80/`,
      'http.endpoint.mapped.subnet': `${inside}:80`,
    });
  });
});

describe('enrichers of several entities', () => {
  it('make one sensor of those of all members, by a name or an expression', async () => {
    await deploy(
      pool(
        '{ type: aggregator, sourceSensor: load, targetSensor: load.mean, transformation: average }',
        '{ type: aggregator, sourceSensor: load, targetSensor: load.high, transformation: "values.filter(v, v > 1.5).size()" }',
        '{ type: aggregator, sourceSensor: name, targetSensor: names, excludeBlank: true }',
        '{ type: map-aggregator, keySensor: name, valueSensor: load, targetSensor: loads }',
        '{ type: aggregator, sourceSensor: load, targetSensor: counted, transformation: sum, defaultMemberValue: 100, valueFilter: "value != 2.0" }',
      ),
    );
    for (const [n, member] of members().entries()) await say(member, n === 2 ? { name: ' ' } : { load: n + 1, name: `m${n}` });
    const of = entity('pool');
    expect([sensor('load.mean', of), sensor('load.high', of), sensor('counted', of)]).toEqual([1.5, 1, 101]);
    expect(of.sensors).toMatchObject({ names: ['m0', 'm1'], loads: { m0: 1, m1: 2 } });
    await resizeEntity(fixture.engine.context, USER, { entityId: of.id, size: 1 });
    await fixture.pass(20_000);
    expect(sensor('load.mean', of)).toBe(1);
  });

  it('propagate sensors of another, some, all, or under another name, and take them away again', async () => {
    await deploy(
      `${web()}- type: docker:web:1
  id: front
  brooklyn.enrichers:
  - { type: propagator, producer: $brooklyn:component("web"), propagating: [url] }
  - { type: propagator, producer: $brooklyn:component("web"), sensorMapping: { load: web.load } }
- type: docker:web:1
  id: copy
  brooklyn.enrichers:
  - { type: propagator, producer: $brooklyn:component("web"), propagatingAllBut: [secret.thing] }
`.replace('  brooklyn.enrichers:\n\n', ''),
    );
    await say(entity(), { url: 'http://a/', load: 3, 'secret.thing': 'x', more: true });
    expect([sensor('url', entity('front')), sensor('web.load', entity('front'))]).toEqual(['http://a/', 3]);
    const copy = entity('copy').sensors;
    expect([copy.more, copy.url, copy['secret.thing'], copy['service.isUp']]).toEqual([true, 'http://a/', undefined, true]);
    await say(entity(), { url: null, load: 4 });
    expect([sensor('url', entity('front')), sensor('web.load', entity('front')), sensor('load', entity('copy'))]).toEqual([
      undefined,
      4,
      4,
    ]);
  });

  it('publish sensors of a group on its members, also those that come later', async () => {
    await deploy(pool('{ type: propagate-to-members, propagating: [mode] }'));
    await say(entity('pool'), { mode: 'fast' });
    expect(members().map(({ sensors }) => sensors.mode)).toEqual(['fast', 'fast', 'fast']);
    await resizeEntity(fixture.engine.context, USER, { entityId: entity('pool').id, size: 4 });
    await fixture.pass(20_000);
    expect(members().map(({ sensors }) => sensors.mode)).toEqual(Array(4).fill('fast'));
  });

  it('follow the one in charge, and say when it does not serve', async () => {
    await deploy(pool('{ type: propagate-primary, propagating: [address] }', '{ type: primary-running }'));
    await fixture.pass(2_000);
    expect(entity('pool').problems.primary).toBe('Nobody is in charge');
    const [first, second] = members();
    if (!first || !second) throw new Error('no members');
    await say(first, { address: 'one' });
    await say(second, { address: 'two' });
    await say(entity('pool'), { primary: { $entity: first.id } });
    expect([sensor('address', entity('pool')), entity('pool').problems.primary]).toEqual(['one', undefined]);
    await say(entity('pool'), { primary: { $entity: second.id } });
    await fixture.pass(5_000);
    expect(sensor('address', entity('pool'))).toBe('two');
  });
});
