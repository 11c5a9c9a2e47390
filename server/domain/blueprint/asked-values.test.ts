// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { expect, it } from 'vitest';
import { askedValues } from './asked-values.ts';

it('lists the variables of all Compose files, with their defaults, and not those of comments', () => {
  const text = `# \${COMMENTED}
services:
  web:
    image: shop/web:\${TAG:-latest}
    environment: {URL: "http://\${HOST}/$$\${PRICE}", TOKEN:}
    profiles: [web, debug]
`;
  const files = { 'db.yaml': 'services:\n  db:\n    image: db:${TAG}\n    environment: [PASSWORD, A=b]\n    profiles:\n    - debug\n' };
  expect(askedValues({ text, files }, 'compose')).toEqual({
    values: [
      { name: 'HOST', otherwise: null },
      { name: 'PASSWORD', otherwise: null },
      { name: 'PRICE', otherwise: null },
      { name: 'TAG', otherwise: 'latest' },
      { name: 'TOKEN', otherwise: null },
    ],
    profiles: ['debug', 'web'],
  });
});

it('tells what .env gives before the default', () => {
  const input = { text: 'services:\n  web:\n    image: shop/web:${TAG:-latest}\n', files: { '.env': 'TAG=2\nOTHER=x\n' } };
  expect(askedValues(input, 'compose').values).toEqual([{ name: 'TAG', otherwise: '2' }]);
});

it('lists the variables that commands of docker take from outside', () => {
  const asked = askedValues({ text: 'docker run -e TOKEN -e MODE=fast --env=KEY nginx:${TAG:-1}\n' }, 'docker-run');
  expect(asked.values).toEqual([
    { name: 'KEY', otherwise: null },
    { name: 'TAG', otherwise: '1' },
    { name: 'TOKEN', otherwise: null },
  ]);
});

it('lists the inputs of a TOSCA template', () => {
  const text = `tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  inputs:
    port: {type: integer, default: 80}
    owner: {type: string}
  node_templates: {}
`;
  expect(askedValues({ text }, 'tosca').values).toEqual([
    { name: 'port', otherwise: '80' },
    { name: 'owner', otherwise: null },
  ]);
});

it('asks for nothing of a text that cannot be read, or of CAMP', () => {
  expect(askedValues({ text: 'services: [' }, 'compose')).toEqual({ values: [], profiles: [] });
  expect(askedValues({ text: 'services:\n- type: docker:nginx:${TAG}\n' }, 'camp')).toEqual({ values: [], profiles: [] });
});
