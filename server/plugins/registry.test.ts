import * as lucide from 'lucide-react';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { declaredKeys } from '../domain/blueprint/type-registry.ts';
import { loadPlugins } from './registry.ts';

const { entityTypes, placement, adjunctTypes } = await loadPlugins();
const icons = new Set(Object.keys(lucide.icons).map(toKebab));

/** `Share2` → `share-2`, as blueprints of types name icons. */
function toKebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([a-z])(\d)/g, '$1-$2')
    .toLowerCase();
}

describe('loadPlugins', () => {
  it('finds each plug-in by reading its folder', () => {
    expect([...entityTypes.keys()]).toEqual(
      expect.arrayContaining(['application', 'docker-container', 'dynamic-cluster', 'haproxy', 'mariadb']),
    );
    expect([...placement.keys()]).toEqual(expect.arrayContaining(['breadth-first', 'depth-first', 'max-containers', 'random']));
  });

  it.each([...entityTypes.values(), ...adjunctTypes.values()].map((plugin) => [plugin.id, plugin] as const))(
    '%s has a config that forms can be made of',
    (_, plugin) => {
      expect(z.toJSONSchema(plugin.config)).toMatchObject({ type: 'object' });
    },
  );

  it.each([...entityTypes.values()].map((type) => [type.id, type] as const))(
    '%s has flags and secrets only for keys that it declares',
    (_, type) => {
      const keys = declaredKeys(type);
      const named = [
        Object.values(type.flags),
        type.secretKeys ?? [],
        Object.keys(type.plannedKeys ?? {}),
        Object.keys(type.notHonoured ?? {}),
      ];
      expect(named.flat().filter((key) => !keys.includes(key))).toEqual([]);
    },
  );

  it.each([...adjunctTypes.values()].map((type) => [type.id, type] as const))('%s has flags only for keys that it declares', (_, type) => {
    expect(Object.values(type.flags).filter((key) => !declaredKeys(type).includes(key))).toEqual([]);
  });

  it.each([...entityTypes.values()].map((type) => [type.id, type] as const))('%s has an icon that there is', (_, type) => {
    expect(icons).toContain(type.icon);
  });

  it.each([...entityTypes.values()].map((type) => [type.id, type] as const))('%s has members of a type that there is', (_, type) => {
    if (type.memberType !== undefined) expect(entityTypes.get(type.memberType)?.id).toBe(type.memberType);
  });

  it.each([...entityTypes.values()].map((type) => [type.id, type] as const))(
    '%s is a container type exactly when it says what its container is',
    (_, type) => {
      expect(type.container !== undefined).toBe(type.kind === 'container');
    },
  );
});
