import { expect, it } from 'vitest';
import { startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { PartType } from './part-types.ts';
import { helpAt, proposalsAt, type YamlKnowledge } from './yaml-assist.ts';

const part = (id: string, planned = false): PartType => ({
  ...{ id, kind: 'entity', title: id.toUpperCase(), description: `What ${id} is`, icon: 'box' },
  ...{ group: 'Services', aliases: [], takes: 'nothing', planned },
});
const TEXT = 'services:\n- type: mariadb\n  id: db\n- type: virtual-network\n  id: n\n  network.id: data\n';
const KNOWLEDGE: YamlKnowledge = {
  parts: [part('mariadb'), part('etcd-node', true)],
  graph: startSession(TEXT).drawing?.graph ?? null,
  locations: ['lab'],
  detailsOf: async ({ id }) => ({
    id,
    configSchema: { properties: { database: { title: 'Database', description: 'Made with the data.', type: 'string', default: 'main' } } },
    flags: { db: 'database' },
    secretKeys: [],
    sensors: [{ name: 'host.address', type: 'string', description: 'Where it is' }],
    effectors: [],
  }),
};
const proposed = async (text: string) => {
  const found = await proposalsAt(text.replace('|', ''), text.indexOf('|'), KNOWLEDGE);
  return found?.options.map(({ label, detail, apply }) => [label, detail, apply]) ?? null;
};

it('proposes types, clouds, ids, networks, sensors and config keys', async () => {
  expect(await proposed('- type: |')).toEqual([
    ['mariadb', 'MARIADB', undefined],
    ['etcd-node', 'ETCD-NODE, planned', undefined],
  ]);
  expect(await proposed('location: |')).toEqual([['lab', 'cloud', undefined]]);
  expect(await proposed('x: $brooklyn:component("|')).toEqual([
    ['db', 'mariadb', undefined],
    ['n', 'virtual-network', undefined],
  ]);
  expect(await proposed('network.list: [|')).toEqual([['data', 'network', undefined]]);
  expect(await proposed('x: $brooklyn:component("db").attributeWhenReady("|')).toEqual([['host.address', 'string', undefined]]);
  expect(await proposed('x: $brooklyn:component("db").config("|')).toEqual([['database', 'Database', undefined]]);
  expect(await proposed('x: $brooklyn:component("other").config("|')).toBeNull();
});

it('proposes keys where they can stand', async () => {
  const inConfig = await proposed('services:\n- type: mariadb\n  brooklyn.config:\n    |');
  expect(inConfig).toEqual([['database', 'Database', 'database: ']]);
  const inEntity = await proposed('services:\n- type: mariadb\n  |');
  expect(inEntity).toContainEqual(['db', 'database', 'db: ']);
  expect(inEntity?.map(([label]) => label)).toContain('brooklyn.policies');
  expect((await proposed('|'))?.map(([label]) => label)).toContain('services');
});

it('tells what a type or a key is, and nothing of other words', async () => {
  const text = 'services:\n- type: mariadb\n  brooklyn.config:\n    database: shop\n';
  const help = async (word: string) => (await helpAt(text, text.indexOf(word) + 2, KNOWLEDGE))?.proposal;
  expect(await help('mariadb')).toMatchObject({ label: 'mariadb', info: 'What mariadb is' });
  expect(await help('database')).toMatchObject({ label: 'database', info: 'Made with the data. Default main.' });
  expect(await help('shop')).toBeUndefined();
});
