import { describe, expect, it } from 'vitest';
import type { EntitySpec } from '../entity/entity-spec.ts';
import { toFabric } from './fabric.ts';

const spec = (fields: Partial<EntitySpec>): EntitySpec => ({
  ...{ type: 'fabric', name: 'Fabric', planId: 'f', path: 'f', location: null, config: {}, children: [], memberSpec: null },
  ...fields,
});
const child = spec({ type: 'box', name: 'Box', planId: 'box', path: 'f/member/box' });
const memberSpec = spec({ type: 'pool', name: 'Pool', planId: null, path: 'f/member', config: { size: 1 }, children: [child] });
const byon = { kind: 'byon', target: '', options: { hosts: '10.0.0.1' } };
const named = (target: string) => ({ kind: 'named', target, options: {} });
const placesOf = ({ children }: EntitySpec) => children.map(({ path, location, locations }) => [path, location, locations]);

describe('a fabric', () => {
  it('has a member in each place, a cloud by its name and machines as they are written', () => {
    expect(placesOf(toFabric(spec({ memberSpec, locations: [named('north'), byon] })))).toEqual([
      ['f/north', 'north', undefined],
      ['f/byon', null, [byon]],
    ]);
    expect(placesOf(toFabric(spec({ memberSpec, location: 'north' })))).toEqual([['f/north', 'north', undefined]]);
  });

  it('has one member where its application runs, unless it says where', () => {
    expect(placesOf(toFabric(spec({ memberSpec })))).toEqual([['f/member', null, undefined]]);
  });

  it('tells members in one place apart, with all that is below them', () => {
    const { children } = toFabric(spec({ memberSpec, locations: [named('north'), named('north')] }));
    expect(children.map(({ path, children: below }) => [path, below[0]?.path])).toEqual([
      ['f/north', 'f/north/box'],
      ['f/north-2', 'f/north-2/box'],
    ]);
  });

  it('tells members apart whose places are called nearly the same', () => {
    const targets = ['eu west', 'EU-West', 'north', 'north', 'north 2'];
    const { children } = toFabric(spec({ memberSpec, locations: targets.map(named) }));
    expect(children.map(({ path }) => path)).toEqual(['f/eu-west', 'f/eu-west-2', 'f/north', 'f/north-2', 'f/north-2-2']);
  });

  it('names members, and gives them its flags', () => {
    const config = { 'dynamicfabric.displayNameSuffix': ' pool', 'dynamicfabric.customChildFlags': { size: 3 } };
    const [member] = toFabric(spec({ memberSpec, locations: [named('north')], config })).children;
    expect([member?.name, member?.config]).toEqual(['north pool', { size: 3 }]);
    expect(toFabric(spec({ memberSpec, locations: [named('north')] })).children[0]?.name).toBe('Pool in north');
  });
});
