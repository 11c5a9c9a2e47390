import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { declaredKeys } from '../domain/blueprint/type-registry.ts';
import { loadPlugins } from './registry.ts';

const { entityTypes, placement } = await loadPlugins();

describe('loadPlugins', () => {
  it('finds each plug-in by reading its folder', () => {
    expect([...entityTypes.keys()]).toEqual(
      expect.arrayContaining(['application', 'docker-container', 'dynamic-cluster', 'haproxy', 'mariadb']),
    );
    expect([...placement.keys()]).toEqual(expect.arrayContaining(['breadth-first', 'depth-first', 'max-containers', 'random']));
  });

  it.each([...entityTypes.values(), ...placement.values()].map((plugin) => [plugin.id, plugin] as const))(
    '%s has a config that forms can be made of',
    (_, plugin) => {
      expect(z.toJSONSchema(plugin.config)).toMatchObject({ type: 'object' });
    },
  );

  it.each([...entityTypes.values()].map((type) => [type.id, type] as const))(
    '%s has flags and secrets only for keys that it declares',
    (_, type) => {
      const keys = declaredKeys(type);
      for (const key of [...Object.values(type.flags), ...(type.secretKeys ?? [])]) expect(keys).toContain(key);
    },
  );

  it.each([...entityTypes.values()].map((type) => [type.id, type] as const))(
    '%s is a container type exactly when it says what its container is',
    (_, type) => {
      expect(type.container !== undefined).toBe(type.kind === 'container');
    },
  );
});
