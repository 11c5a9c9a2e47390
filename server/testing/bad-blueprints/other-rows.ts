import { type BadInput, each, inputsOf } from './bad-input.ts';

const tosca = inputsOf('tosca');
const run = inputsOf('docker-run');
const catalog = inputsOf('catalog');

const HEAD = 'tosca_definitions_version: tosca_simple_yaml_1_3\n';
const nodes = (lines: string): string => `${HEAD}topology_template:\n  node_templates:\n${lines.replace(/^/gm, '    ')}\n`;
const container = (more: string): string =>
  nodes(
    `web:\n  type: tosca.nodes.Container.Application\n  artifacts: {image: {file: nginx, type: tosca.artifacts.Deployment.Image.Container.Docker}}\n${more.replace(/^/gm, '  ')}`,
  );

export const TOSCA_ROWS: readonly BadInput[] = [
  tosca.refused(
    'tosca-version',
    'a version that there is not',
    `tosca_definitions_version: ▸tosca_simple_yaml_9_9\n${nodes('a: {type: tosca.nodes.Compute}').slice(HEAD.length)}`,
  ),
  tosca.refused('tosca-no-topology', 'no topology', `${HEAD}node_types: {}`),
  tosca.refused('unknown-type', 'a node of an unknown type', nodes('a:\n  type: ▸tosca.nodes.Computer')),
  tosca.refused(
    'tosca-unknown-type',
    'a type that derives from nothing',
    `${HEAD}node_types:\n  my.A: {derived_from: ▸my.Nothing}\ntopology_template: {node_templates: {a: {type: my.A}}}`,
  ),
  tosca.refused(
    'tosca-circle',
    'types that derive from each other',
    `${HEAD}node_types:\n  my.A: {derived_from: my.B}\n  my.B: {derived_from: ▸my.A}\ntopology_template: {node_templates: {a: {type: my.A}}}`,
  ),
  tosca.refused(
    'tosca-import',
    'an import that is not there',
    `${HEAD}imports: [▸missing.yaml]\ntopology_template: {node_templates: {a: {type: tosca.nodes.Compute}}}`,
  ),
  tosca.refused(
    'tosca-import',
    'an import from another machine',
    `${HEAD}imports: [▸"http://169.254.169.254/latest"]\ntopology_template: {node_templates: {a: {type: tosca.nodes.Compute}}}`,
  ),
  tosca.refused(
    'tosca-import',
    'an import of a file of the host',
    `${HEAD}imports: [▸"file:///etc/passwd"]\ntopology_template: {node_templates: {a: {type: tosca.nodes.Compute}}}`,
  ),
  tosca.refused(
    'tosca-file',
    'a script that is not there',
    nodes('a:\n  type: tosca.nodes.SoftwareComponent\n  interfaces: {Standard: {create: ▸missing.sh}}'),
  ),
  tosca.refused(
    'tosca-unknown-node',
    'a host that is not there',
    nodes('a:\n  type: tosca.nodes.SoftwareComponent\n  requirements: [{host: ▸nowhere}]'),
  ),
  tosca.refused('tosca-image', 'a container without image', nodes('▸web: {type: tosca.nodes.Container.Application}')),
  tosca.refused(
    'tosca-input-missing',
    'an input without value',
    `${HEAD}topology_template:\n  inputs: {▸size: {type: integer}}\n  node_templates: {a: {type: tosca.nodes.Compute}}`,
  ),
  tosca.refused('tosca-function', 'a function of nothing', container('properties: {x: {▸get_input: nothing}}')),
  tosca.refused(
    'tosca-value',
    'a value of another type',
    `${HEAD}topology_template:\n  inputs: {size: {type: integer, default: ▸many}}\n  node_templates: {a: {type: tosca.nodes.Compute}}`,
  ),
  tosca.warned('tosca-unknown-property', 'a property that its type does not have', container('properties: {▸favourite: blue}')),
];

export const DOCKER_RUN_ROWS: readonly BadInput[] = [
  run.refused('host-access', 'privileged', 'docker run ▸--privileged nginx'),
  run.refused('host-access', 'the root of the host', 'docker run -v ▸/:/h nginx'),
  run.refused('host-access', 'the Docker socket', 'docker run -v ▸/var/run/docker.sock:/var/run/docker.sock nginx'),
  run.refused('host-access', 'the process names of the host', 'docker run ▸--pid host nginx'),
  run.refused('host-access', 'all capabilities', 'docker run --cap-add ▸ALL nginx'),
  run.refused('compose-file-format', 'no image', '▸docker run -d --name web'),
  run.refused('compose-file-format', 'a quote that is not closed', 'docker run -e ▸"A=b nginx'),
  run.refused('compose-key-unknown', 'a flag that there is not', 'docker run ▸--priviledge nginx'),
  run.refused('compose-port', 'port 0', 'docker run -p ▸0:80 nginx'),
  run.refused('compose-value', '1 kB of memory', 'docker run --memory ▸1kb nginx'),
  run.refused('image-invalid', 'an image in capitals', 'docker run ▸Nginx'),
  run.warned('looks-like-secret', 'a password in plain', 'docker run -e ▸DB_PASSWORD=hunter2 nginx'),
];

export const CATALOG_ROWS: readonly BadInput[] = [
  catalog.refused('catalog-id-missing', 'no id', '▸brooklyn.catalog:\n  version: 1.0\n  item: {type: docker:nginx}'),
  catalog.refused(
    'catalog-id-invalid',
    'an id with a blank',
    'brooklyn.catalog:\n  id: ▸my item\n  version: "1.0"\n  item: {type: docker:nginx}',
  ),
  catalog.refused(
    'catalog-version-invalid',
    'a version that is a word',
    'brooklyn.catalog:\n  id: mine\n  version: ▸newest\n  item: {type: docker:nginx}',
  ),
  catalog.refused('catalog-item-missing', 'no item', '▸brooklyn.catalog:\n  id: mine\n  version: "1.0"'),
  catalog.refused(
    'catalog-item-twice',
    'an item twice',
    'brooklyn.catalog:\n  version: "1.0"\n  items:\n  - {id: mine, item: {type: "docker:nginx"}}\n  - {id: ▸mine, item: {type: "docker:redis"}}',
  ),
  catalog.refused('catalog-item-missing', 'a blueprint that is no catalog', 'services:\n- type: docker:nginx'),
  catalog.refused('key-reserved', '__proto__', 'brooklyn.catalog:\n  ▸__proto__: {id: mine}'),
  catalog.refused('yaml-tag', 'a Java tag', 'brooklyn.catalog: ▸!!java.util.Date x'),
  catalog.refused('too-deep', 'thousands of brackets', `brooklyn.catalog: ${'['.repeat(64)}▸${'['.repeat(3000)}`),
  catalog.warned(
    'catalog-key-unsupported',
    'libraries of Java',
    'brooklyn.catalog:\n  ▸brooklyn.libraries: ["http://127.0.0.1/x.jar"]\n  id: mine\n  version: "1.0"\n  item: {type: docker:nginx}',
  ),
  catalog.refused(
    'too-deep',
    'thousands of items that are each made of the next',
    `brooklyn.catalog:\n  version: "1.0"\n  items:\n${each(1000, (n) => `  - {id: i${n}, item: {type: ${n === 31 ? '▸' : ''}i${n + 1}}}`)}\n  - {id: i1000, item: {type: "docker:a"}}`,
  ),
  catalog.refused(
    'too-large',
    'items that each are two of the next',
    `brooklyn.catalog:\n  version: "1.0"\n  items:\n${each(30, (n) => `  - {id: ${n === 0 ? '▸' : ''}i${n}, item: {services: [{type: i${n + 1}}, {type: i${n + 1}}]}}`)}\n  - {id: i30, item: {type: "docker:a"}}`,
  ),
];
