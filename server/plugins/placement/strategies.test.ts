import { describe, expect, it } from 'vitest';
import { aHostView, aRequest } from '../../testing/placement.ts';
import { plugin as depthFirst } from './depth-first.ts';
import { plugin as maxContainers } from './max-containers.ts';
import { plugin as random } from './random.ts';

const hosts = [3, 1, 2].map((order) => aHostView({ order, containers: order, foreignContainers: 1 }));
const orders = (list: readonly { readonly order: number }[]) => list.map(({ order }) => order);

describe('depth-first', () => {
  it('keeps the order in which hosts joined', () => {
    expect(orders(depthFirst.strategy.apply(hosts, aRequest(), {}, { sequence: 7, lastHostOrder: null }).hosts)).toEqual([1, 2, 3]);
  });
});

describe('max-containers', () => {
  it('refuses a host at its limit, and says so', () => {
    const outcome = maxContainers.strategy.apply(
      hosts,
      aRequest(),
      { maxContainers: 3, countForeign: true },
      { sequence: 0, lastHostOrder: null },
    );
    expect(orders(outcome.hosts)).toEqual([1]);
    expect(outcome.refused.map(({ reason }) => reason)).toEqual([
      'has 4 of at most 3 containers, 1 of them of others',
      'has 3 of at most 3 containers, 1 of them of others',
    ]);
  });

  it('leaves containers of others out when told to', () => {
    const outcome = maxContainers.strategy.apply(
      hosts,
      aRequest(),
      { maxContainers: 3, countForeign: false },
      { sequence: 0, lastHostOrder: null },
    );
    expect(orders(outcome.hosts)).toEqual([1, 2]);
  });

  it('takes Clocker’s key before its own, and 8 unless told', () => {
    expect(maxContainers.config.parse({})).toEqual({ maxContainers: 8, countForeign: true });
    const outcome = maxContainers.strategy.apply(
      hosts,
      aRequest(),
      { maxContainers: 8, 'docker.container.cluster.maxSize': 2 },
      { sequence: 0, lastHostOrder: null },
    );
    expect(outcome.hosts).toEqual([]);
  });
});

describe('random', () => {
  it('gives the same order to the same entity and sequence', () => {
    const many = Array.from({ length: 50 }, (_, order) => aHostView({ order }));
    const order = (sequence: number) => orders(random.strategy.apply(many, aRequest(), {}, { sequence, lastHostOrder: null }).hosts);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });

  it('chooses every host about equally often', () => {
    const counts = new Map<number, number>();
    for (let sequence = 0; sequence < 3000; sequence += 1) {
      const order = random.strategy.apply(hosts, aRequest(), {}, { sequence, lastHostOrder: null }).hosts[0]?.order ?? 0;
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
