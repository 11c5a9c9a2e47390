import { expect, it } from 'vitest';
import type { TypeDetails } from '@/server/api/catalog/type.ts';
import { startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import { inspectorFields, parseList, parseScalar, scalarText } from './inspector-fields.ts';
import { allFields, guessWire, itemFor } from './wire-choices.ts';

const DETAILS: TypeDetails = {
  id: 'x',
  configSchema: {
    properties: {
      'docker.memory': { title: 'Memory', description: 'How much', type: ['string', 'number'], default: '64m' },
      flag: { type: 'boolean', default: true },
      policy: { enum: ['always', 'never'] },
      'docker.container.environment': { type: 'object', additionalProperties: { type: 'string' } },
      ports: { type: 'array', items: { type: ['number', 'string'] } },
      probe: { oneOf: [{ type: 'object', properties: {} }] },
      password: { type: 'string' },
      'loadBalancer.target': {},
    },
    required: ['password'],
  },
  flags: { memory: 'docker.memory' },
  secretKeys: ['password'],
  sensors: [
    { name: 'service.isUp', type: 'boolean', description: '' },
    { name: 'host.address', type: 'string', description: '' },
  ],
  effectors: [],
};

function nodeOf(text: string) {
  const node = startSession(text).drawing?.graph.nodes[1];
  if (!node) throw new Error('no such part');
  return node;
}

it('shows what is written under its short name, what else the type takes, and what it does not know', () => {
  const node = nodeOf('services:\n- type: x\n  id: a\n  memory: 1g\n  brooklyn.config: { odd.key: [1, 2], flag: false }\n');
  const { written, more, unknown } = inspectorFields(node, DETAILS);
  expect(written.map(({ key, title, value, fallback }) => [key, title, value, fallback])).toEqual([
    ['memory', 'Memory', '1g', '64m'],
    ['flag', 'flag', false, 'true'],
  ]);
  expect(more[0]).toMatchObject({ key: 'password', required: true, isSecret: true });
  expect(Object.fromEntries(more.map(({ key, kind }) => [key, kind]))).toEqual({
    password: 'text',
    policy: 'choice',
    'docker.container.environment': 'map',
    ports: 'list',
    probe: 'yaml',
    'loadBalancer.target': 'text',
  });
  expect(unknown).toMatchObject([{ key: 'odd.key', kind: 'list', value: [1, 2] }]);
});

it('keeps what is written in a shape that the schema’s control cannot show', () => {
  const node = nodeOf(
    'services:\n- type: x\n  flag: $brooklyn:config("f")\n  ports: [{ a: 1 }]\n  docker.container.environment: { A: [1] }\n',
  );
  const kinds = Object.fromEntries(inspectorFields(node, DETAILS).written.map(({ key, kind }) => [key, kind]));
  expect(kinds).toEqual({ flag: 'text', ports: 'yaml', 'docker.container.environment': 'yaml' });
});

it.each([
  ['', ['string'], undefined],
  ['8080', ['string', 'number'], 8080],
  ['8080', ['string'], '8080'],
  ['2.10', ['string', 'number'], '2.10'],
  ['true', [], true],
  ['true', ['string'], 'true'],
  ['$brooklyn:config("x")', ['number'], '$brooklyn:config("x")'],
])('reads %j for %j as %j', (text, takes, value) => {
  expect(parseScalar(text, takes)).toBe(value);
});

it('reads a list from commas, and writes it so', () => {
  expect(parseList('80, 443/udp,')).toEqual([80, '443/udp']);
  expect(parseList(' ')).toBeUndefined();
  expect(scalarText([80, '443/udp'])).toBe('80, 443/udp');
});

it('guesses how a wire is meant: a balancer takes the part itself, else an address goes into the environment', () => {
  const db = nodeOf('services:\n- type: x\n  id: main-db\n');
  const free = {
    ...DETAILS,
    configSchema: { properties: { 'docker.container.environment': { type: 'object', additionalProperties: {} } } },
  };
  expect(guessWire(db, DETAILS, nodeOf('services:\n- type: y\n'), DETAILS)).toEqual({
    kind: 'entity',
    name: '',
    key: 'loadBalancer.target',
    item: '',
  });
  expect(guessWire(db, DETAILS, nodeOf('services:\n- type: y\n'), free)).toEqual({
    ...{ kind: 'sensor', name: 'host.address' },
    ...{ key: 'docker.container.environment', item: 'MAIN_DB_ADDRESS' },
  });
  expect(itemFor({ id: '2nd', name: null, type: null }, 'a.port')).toBe('_2ND_PORT');
  expect(allFields(db, DETAILS)).toHaveLength(8);
});
