import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectPlugins, type FolderModules, isPluginFile, type PluginFolder } from './collect-plugins.ts';

type Folders = Readonly<Record<PluginFolder, FolderModules>>;

const none: FolderModules = new Map();
const EMPTY: Folders = {
  entities: none,
  placement: none,
  importers: none,
  policies: none,
  enrichers: none,
  initializers: none,
  locations: none,
  objects: none,
  'host-setup': none,
  sdn: none,
};

const holding = (folder: PluginFolder, plugins: Readonly<Record<string, unknown>>): Folders => ({
  ...EMPTY,
  [folder]: new Map(Object.entries(plugins).map(([file, plugin]) => [file, { plugin }])),
});

const config = z.object({});
const policy = (id: string, aliases: readonly string[] = []) => ({ id, aliases, config, kind: 'policy', flags: {}, planned: true });
const entity = (id: string) => ({ id, aliases: [], config, kind: 'group', sensors: [] });
const strategy = { id: 'first', title: 'First', description: 'The first.', aliases: ['FirstStrategy'], config, strategy: {} };

describe('collectPlugins', () => {
  it('orders plug-ins by the names of their files, however they were loaded', () => {
    const { adjunctTypes } = collectPlugins(holding('policies', { 'b.ts': policy('b'), 'a.ts': policy('a') }));
    expect([...adjunctTypes.keys()]).toEqual(['a', 'b']);
  });

  it('lets a blueprint name a placement strategy like what else is attached', () => {
    const { placement, adjunctTypes } = collectPlugins(holding('placement', { 'first.ts': strategy }));
    expect([...placement.keys()]).toEqual(['first']);
    expect(adjunctTypes.get('first')).toEqual({
      id: 'first',
      title: 'First',
      description: 'The first.',
      kind: 'placement',
      aliases: ['FirstStrategy'],
      config,
      flags: {},
      planned: false,
    });
  });

  it('refuses a file that holds something else than its folder', () => {
    expect(() => collectPlugins(holding('enrichers', { 'a.ts': policy('a') }))).toThrow('Plug-in enrichers/a.ts exports no plugin');
  });

  it('refuses a name that two files of a folder claim', () => {
    const folders = holding('policies', { 'a.ts': policy('a', ['same']), 'b.ts': policy('b', ['same']) });
    expect(() => collectPlugins(folders)).toThrow('Plug-in policies/b.ts and policies/a.ts both claim the name “same”');
  });

  it('refuses a name that means two kinds of what is attached', () => {
    const folders = { ...holding('policies', { 'a.ts': policy('first') }), placement: new Map([['first.ts', { plugin: strategy }]]) };
    expect(() => collectPlugins(folders)).toThrow('Plug-in “first” is both a placement and a policy');
  });

  it('refuses an id that is an entity type and something that is attached', () => {
    const folders = { ...holding('policies', { 'a.ts': policy('a') }), entities: new Map([['a.ts', { plugin: entity('a') }]]) };
    expect(() => collectPlugins(folders)).toThrow('Plug-in “a” is both an entity type and a policy');
  });
});

describe('isPluginFile', () => {
  it('takes modules and leaves tests, folders and other files', () => {
    const files = ['redis.ts', 'docker-run.ts', 'redis.test.ts', 'redis.contract.ts', 'compose', 'notes.md'];
    expect(files.filter(isPluginFile)).toEqual(['redis.ts', 'docker-run.ts']);
  });
});
