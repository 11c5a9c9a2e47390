import { describe, expect, it } from 'vitest';
import { plugin as application } from './application.ts';
import { plugin as cluster } from './dynamic-cluster.ts';

describe('application', () => {
  it('takes any config, for its services to read', () => {
    expect(application.config.parse({ anything: [1] })).toEqual({ anything: [1] });
    expect(application.kind).toBe('group');
  });
});

describe('dynamic-cluster', () => {
  it('has one member, and is up while any is, unless told', () => {
    expect(cluster.config.parse({})).toMatchObject({ 'cluster.initial.size': 1, quorum: 'atLeastOneUnlessEmpty' });
  });

  it('recreates one member after the other, unless told', () => {
    const { update } = cluster.config.parse({ update: {} }) as { readonly update: unknown };
    expect(update).toEqual({ batch: 1, order: 'stop-first', delay: '0s', healthTimeout: '2m' });
  });

  it('refuses to begin larger than it may be', () => {
    const parsed = cluster.config.safeParse({ 'cluster.initial.size': 5, 'cluster.max.size': 3 });
    expect(parsed.error?.issues).toMatchObject([{ path: ['cluster.initial.size'], message: 'is more than cluster.max.size (3)' }]);
  });

  it('is resized by an effector that says to what', () => {
    const resize = cluster.effectors.find(({ name }) => name === 'resize');
    expect(resize?.parameters.safeParse({ desiredSize: 3 }).success).toBe(true);
    expect(resize?.parameters.safeParse({ desiredSize: -1 }).success).toBe(false);
  });
});
