import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../entity/entity-spec.ts';
import { inheritanceOf, parseInheritance } from './config-inheritance.ts';
import type { ConfigMap } from './config-value.ts';
import { type ConfigHolder, type Declares, effectiveConfig, LIVE_MAPS, mergeMaps } from './effective-config.ts';

const holder = (type: string, config: ConfigMap, parameters?: readonly ParameterSpec[]): ConfigHolder => {
  return { spec: { type, config, ...(parameters === undefined ? {} : { parameters }) } };
};

const anyDeclares: Declares<ConfigHolder> = () => true;
const onlySoftware: Declares<ConfigHolder> = ({ spec }) => spec.type !== 'app';

/** `value of holder` for each part that counts. */
function partsOf(key: string, chain: readonly ConfigHolder[], declares = onlySoftware): readonly string[] {
  const parts = effectiveConfig(key, chain, declares)?.parts ?? [];
  return parts.map(({ value, holder: { spec }, from }) => `${JSON.stringify(value)} ${from} ${spec.type}`);
}

describe('effectiveConfig', () => {
  it('prefers the own value, then the nearest ancestor’s, then the default of a parameter', () => {
    const title: ParameterSpec = { name: 'title', type: 'string', defaultValue: 'none' };
    const chain = [holder('web', { title: 'Web' }, [title]), holder('group', { title: 'Group' }), holder('app', { title: 'App' })];
    expect(partsOf('title', chain)).toEqual(['"Web" own web']);
    expect(partsOf('title', [holder('web', {}, [title]), ...chain.slice(1)])).toEqual(['"Group" inherited group']);
    expect(partsOf('title', [holder('web', {}, [title]), holder('app', {})])).toEqual(['"none" default web']);
    expect(partsOf('title', [holder('web', {}), holder('app', {}, [title])])).toEqual(['"none" default app']);
    expect(partsOf('title', [holder('web', {})])).toEqual([]);
  });

  it('takes null for a value like any other', () => {
    expect(partsOf('title', [holder('web', { title: null }), holder('app', { title: 'App' })])).toEqual(['null own web']);
  });

  it('passes a command from an application to what runs it, and no further', () => {
    const app = holder('app', { 'launch.command': 'run' });
    expect(partsOf('launch.command', [holder('web', {}), app])).toEqual(['"run" inherited app']);
    expect(partsOf('launch.command', [holder('child', {}), holder('web', {}), app])).toEqual([]);
    expect(partsOf('launch.command', [holder('child', {}), holder('web', { 'launch.command': 'own' })])).toEqual([]);
  });

  it('never passes ids, names and ports', () => {
    for (const key of ['id', 'defaultDisplayName', 'docker.container.openPorts']) {
      expect(partsOf(key, [holder('web', {}), holder('app', { [key]: 'x' })])).toEqual([]);
    }
  });

  it('merges maps of the environment, as far as they go', () => {
    const app = holder('app', { 'shell.env': { A: 'app', B: 'app' } });
    expect(partsOf('shell.env', [holder('web', { 'shell.env': { A: 'web' } }), app])).toEqual([
      '{"A":"web"} own web',
      '{"A":"app","B":"app"} inherited app',
    ]);
    expect(partsOf('shell.env', [holder('web', { 'shell.env': null }), app])).toEqual(['null own web']);
    expect(partsOf('shell.env', [holder('web', { 'shell.env': { A: 'web' } }), holder('group', { 'shell.env': 'x' }), app])).toEqual([
      '{"A":"web"} own web',
    ]);
  });

  it('merges what a parameter says is to be merged, and overwrites any other map', () => {
    const merged: ParameterSpec = { name: 'map', type: 'map', inheritance: { runtime: 'deep_merge' } };
    const above = holder('app', { map: { b: 2 } });
    expect(partsOf('map', [holder('web', { map: { a: 1 } }, [merged]), above])).toHaveLength(2);
    expect(partsOf('map', [holder('web', { map: { a: 1 } }), above])).toHaveLength(1);
  });

  it('passes nothing that a parameter says is not passed', () => {
    const none: ParameterSpec = { name: 'key', type: 'string', inheritance: { runtime: 'none' }, defaultValue: 'default' };
    expect(partsOf('key', [holder('child', {}), holder('web', { key: 'x' }, [none])], anyDeclares)).toEqual([]);
    const never: ParameterSpec = { ...none, inheritance: { runtime: 'never' } };
    expect(partsOf('key', [holder('web', {}, [never]), holder('app', { key: 'x' })])).toEqual(['"default" default web']);
  });
});

describe('mergeMaps', () => {
  it('lets the nearest win key by key, at every depth', () => {
    expect(mergeMaps([{ a: { x: 1 } }, { a: { x: 2, y: 2 }, b: 2 }, { a: { z: 3 }, c: 3 }], LIVE_MAPS)).toEqual({
      a: { x: 1, y: 2, z: 3 },
      b: 2,
      c: 3,
    });
  });

  it('removes what a nearer map leaves blank', () => {
    expect(
      mergeMaps(
        [
          { a: null, d: null },
          { a: 1, b: { c: 2 } },
        ],
        LIVE_MAPS,
      ),
    ).toEqual({ b: { c: 2 }, d: null });
    expect(mergeMaps([{ b: { c: null } }, { b: { c: 2, e: 3 } }], LIVE_MAPS)).toEqual({ b: { e: 3 } });
  });

  it('takes a nearer list or text as a whole', () => {
    expect(mergeMaps([{ a: [1] }, { a: [2, 3] }], LIVE_MAPS)).toEqual({ a: [1] });
    expect(mergeMaps([{ a: 'x' }, { a: { b: 1 } }], LIVE_MAPS)).toEqual({ a: 'x' });
  });

  it('merges from the farthest on: what is there already when a nearer map comes', () => {
    const map = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.nat(3), fc.dictionary(fc.constantFrom('x', 'y'), fc.nat(3))));
    fc.assert(
      fc.property(map, map, map, (a, b, c) => {
        expect(mergeMaps([a], LIVE_MAPS)).toEqual(a);
        expect(mergeMaps([a, b, c], LIVE_MAPS)).toEqual(mergeMaps([a, mergeMaps([b, c], LIVE_MAPS)], LIVE_MAPS));
      }),
    );
  });
});

describe('inheritanceOf', () => {
  it.each([
    ['launch.command', 'none', 'overwrite'],
    ['shell.env', 'none-else-merge', 'merge'],
    ['files.install', 'none-else-merge', 'merge'],
    ['templates.runtime', 'none-else-merge', 'merge'],
    ['provisioning.properties', 'overwrite', 'merge'],
    ['defaultDisplayName', 'never', 'never'],
    ['any.key', 'overwrite', 'overwrite'],
  ])('of %s is %s at run time and %s from its type', (key, runtime, type) => {
    expect(inheritanceOf(key)).toEqual({ runtime, type });
  });

  it('reads Brooklyn’s words', () => {
    const words = ['none', 'NOT_REINHERITED', 'never', 'always', 'overwrite', 'merge', 'deep_merge', 'deep-merge', 'sometimes'];
    expect(words.map(parseInheritance)).toEqual(['none', 'none', 'never', 'overwrite', 'overwrite', 'merge', 'merge', 'merge', undefined]);
  });
});
