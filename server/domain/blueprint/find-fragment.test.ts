import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();
const first = (text: string) => {
  const [finding] = plan(text).diagnostics;
  return finding && { code: finding.code, message: finding.message, hint: finding.hint, line: finding.line };
};

describe('a part of a blueprint by itself', () => {
  it('is told as config of a cloud, where most of its keys belong to one', () => {
    expect(first('# of a cloud\ndocker.container.strategies:\n- $brooklyn:object:\n    type: MaxContainersPlacementStrategy\n')).toEqual({
      code: 'blueprint-fragment',
      message: 'This is a part of the config of “Docker cloud”, not a whole blueprint.',
      hint: 'services:\n- type: docker-infrastructure\n  brooklyn.config:\n    docker.container.strategies: …',
      line: 2,
    });
  });

  it('is told as config of the type that has most of its keys', () => {
    expect(first('redis.port: 6379\nredis.config.templateUrl: https://example.org/redis.conf\n')?.message).toBe(
      'This is a part of the config of “Redis”, not a whole blueprint.',
    );
  });

  it('is told as policies, services or strategies, with where they belong', () => {
    expect(first('- type: org.apache.brooklyn.enricher.stock.Joiner\n')?.hint).toContain('brooklyn.enrichers:');
    expect(first('- type: docker:redis\n')?.hint).toBe('services:\n- type: docker:redis');
    expect(first('brooklyn.policies:\n- type: AutoScalerPolicy\n')?.hint).toBe('services:\n- type: …\n  brooklyn.policies: …');
    expect(first('- $brooklyn:object: { type: RandomPlacementStrategy }\n')?.hint).toContain('docker.container.strategies');
    expect(first('type: docker:redis\nname: Redis\n')?.message).toBe('This is one service, not a whole blueprint.');
  });

  it('is not told of a catalog, which is added and not deployed, unless services stand beside it', () => {
    const catalog = 'brooklyn.catalog:\n  id: web\n  version: 1.0.0\n';
    expect(first(`${catalog}  item: { type: "docker:nginx" }\n`)).toMatchObject({
      code: 'catalog-alone',
      hint: expect.stringContaining('catalog add'),
    });
    expect(plan(`${catalog}services:\n- type: docker:nginx\n`).ok).toBe(true);
  });

  it('is not told of what belongs to Kubernetes', () => {
    expect(first('apiVersion: v1\nkind: Service\n')).toMatchObject({
      code: 'services-missing',
      message: expect.stringContaining('Kubernetes'),
    });
  });

  it('is not told of a blueprint that only lacks its services, nor of a text that is none', () => {
    expect(first('name: nothing\nlocation: lab\n')?.code).toBe('services-missing');
    expect(first('- 1\n- 2\n')?.code).toBe('value-kind');
    expect(first('aaa: 1\nbbb: 2\n')?.code).not.toBe('blueprint-fragment');
  });
});
