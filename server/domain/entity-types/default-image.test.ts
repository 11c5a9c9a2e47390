import { expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { defaultImage } from './default-image.ts';

const { entityTypes } = await loadPlugins();
const imageOf = (id: string) => {
  const type = entityTypes.get(id);
  return type && defaultImage(type);
};

it('gives the image that a type takes by itself, and nothing where the blueprint must say it', () => {
  expect(imageOf('mariadb')).toEqual({ name: 'mariadb', tag: '10.11' });
  expect(imageOf('haproxy')).toMatchObject({ name: 'haproxy', tag: expect.any(String) });
  expect(imageOf('docker-container')).toEqual({});
  expect(imageOf('application')).toEqual({});
});
