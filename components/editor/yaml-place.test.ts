import { expect, it } from 'vitest';
import { yamlPlace } from './yaml-place.ts';

const place = (text: string) => {
  const at = text.indexOf('|');
  const found = yamlPlace(text.replace('|', ''), at);
  return found && { ...found, from: at - found.from };
};

it.each([
  ['a type', 'services:\n- type: ha|', { kind: 'type', from: 2 }],
  ['a location', 'location: |', { kind: 'location', from: 0 }],
  ['an id', 'x: $brooklyn:component("d|', { kind: 'id', from: 1 }],
  ['a sensor', 'x: $brooklyn:component("db").attributeWhenReady("host|', { kind: 'read', from: 4, what: 'sensor', id: 'db' }],
  ['a config key of another', 'x: $brooklyn:component("db").config("|', { kind: 'read', from: 0, what: 'config', id: 'db' }],
  ['a network in a list', '    network.list:\n    - d|', { kind: 'network', from: 1 }],
  ['a network between brackets', '    network.list: [front, b|', { kind: 'network', from: 1 }],
  ['a key at the top', 'nam|', { kind: 'key', from: 3, type: null, inConfig: false }],
  ['a key of an entity', 'services:\n- type: haproxy\n  na|', { kind: 'key', from: 2, type: 'haproxy', inConfig: false }],
  ['a key before the type', 'services:\n- n|\n  type: haproxy\n', { kind: 'key', from: 1, type: 'haproxy', inConfig: false }],
  [
    'a config key',
    'services:\n- type: haproxy\n  brooklyn.config:\n    a: 1\n    pro|',
    { kind: 'key', from: 3, type: 'haproxy', inConfig: true },
  ],
  [
    'a config key of a member',
    'services:\n- type: cluster\n  memberSpec:\n    $brooklyn:entitySpec:\n      type: docker:php\n      brooklyn.config:\n        |',
    { kind: 'key', from: 0, type: 'docker:php', inConfig: true },
  ],
  [
    'a key after a member',
    'services:\n- type: cluster\n  memberSpec:\n    type: docker:php\n  b|',
    { kind: 'key', from: 1, type: 'cluster', inConfig: false },
  ],
  ['a comment', 'type: a # ty|', null],
  ['any other value', 'name: |', null],
])('tells %s', (_, text, expected) => {
  expect(place(text)).toEqual(expected);
});
