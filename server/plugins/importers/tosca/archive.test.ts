import { describe, expect, it } from 'vitest';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { readCsar } from '../../../domain/blueprint/read-csar.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import { makeZip } from '../../../testing/make-zip.ts';
import { readTosca, servicesOf } from '../../../testing/read-tosca.ts';
import { loadPlugins } from '../../registry.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const META = 'TOSCA-Meta-File-Version: 1.0\nCSAR-Version: 1.1\nCreated-By: me\nEntry-Definitions: Definitions/main.yaml\n';
const TYPES = `tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  my.App:
    derived_from: tosca.nodes.SoftwareComponent
    artifacts:
      page: { file: ../files/page.html, type: tosca.artifacts.File }
      folder: { file: ../conf, type: tosca.artifacts.File }
    interfaces:
      Standard:
        create: ../scripts/create.sh
        configure: /scripts/configure.sh
        start: classpath://scripts/start.sh
        stop: { implementation: ../scripts/stop.sh, inputs: { PAGE: { get_artifact: [SELF, page] } } }
`;
const MAIN = `tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
imports: [types.yaml]
topology_template:
  node_templates:
    app: { type: my.App }
`;
const FILES: Readonly<Record<string, string>> = {
  'TOSCA-Metadata/TOSCA.meta': META,
  'Definitions/main.yaml': MAIN,
  'Definitions/types.yaml': TYPES,
  'scripts/create.sh': 'create\n',
  'scripts/configure.sh': 'configure\n',
  'scripts/start.sh': 'start\n',
  'scripts/stop.sh': 'stop\n',
  'files/page.html': '<p>ü</p>',
  'conf/a.cnf': 'a',
  'conf/sub/b.cnf': 'b',
};

function archive(changes: Readonly<Record<string, string | null>> = {}) {
  const files = Object.entries({ ...FILES, ...changes }).flatMap(([name, content]) => (content === null ? [] : [{ name, content }]));
  const read = readCsar(makeZip(files));
  if (!read.ok) throw new Error(read.diagnostics[0]?.message);
  return read.input;
}

describe('an archive', () => {
  it('brings the scripts and files that its templates name, however they name them', () => {
    const { text, ...rest } = archive();
    const reading = readTosca(text, rest);
    expect(reading.findings).toEqual([]);
    const { app } = servicesOf(reading);
    const path = (name: string) => `$brooklyn:formatString("%s/%s", attributeWhenReady("install.dir"), "artifacts/${name}")`;
    expect(app['brooklyn.config']).toMatchObject({
      'install.command': 'create\n',
      'customize.command': 'configure\n',
      'launch.command': 'start\n',
      'stop.command': 'stop\n',
      'shell.env': { page: path('page'), folder: path('folder'), PAGE: path('page') },
    });
    const copied = Object.entries(app['brooklyn.config']['files.preinstall']).map(([source, place]) => {
      const encoded = source.slice('data:text/plain;charset=utf-8;base64,'.length);
      return [place, Buffer.from(encoded, 'base64').toString()];
    });
    expect(copied).toEqual([
      ['artifacts/page', '<p>ü</p>'],
      ['artifacts/folder/a.cnf', 'a'],
      ['artifacts/folder/sub/b.cnf', 'b'],
    ]);
  });

  it('has its mistakes told in the file where they stand', () => {
    const { text, ...rest } = archive({ 'scripts/create.sh': null, 'files/page.html': null });
    expect(readTosca(text, rest).findings).toEqual([
      'types.yaml error tosca-file 6:21 The file “../files/page.html” is not there.',
      'types.yaml error tosca-file 10:17 The script “../scripts/create.sh” is not there.',
    ]);
  });

  it('is planned like any blueprint, with its containers', () => {
    const image = '{ file: "redis:7", type: tosca.artifacts.Deployment.Image.Container.Docker }';
    const main = `tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
topology_template:
  inputs: { port: { type: integer } }
  node_templates:
    cache:
      type: tosca.nodes.Container.Application.Docker
      artifacts: { i: ${image} }
      capabilities: { scalable: { properties: { default_instances: 2, max_instances: 3 } } }
    web:
      type: tosca.nodes.Container.Application.Docker
      artifacts: { i: ${image} }
      interfaces: { Standard: { create: { implementation: i, inputs: { PORT: { get_input: port }, HOST: { get_attribute: [cache, public_address] } } } } }
      requirements: [{ dependency: cache }]
`;
    const result = planApplication({ ...archive({ 'Definitions/main.yaml': main }), variables: { port: '6379' } }, library);
    expect(result).toMatchObject({
      ok: true,
      diagnostics: [],
      plan: {
        name: 'shop',
        format: 'tosca',
        root: {
          children: [
            {
              type: 'dynamic-cluster',
              planId: 'cache-cluster',
              config: { 'cluster.initial.size': 2, 'cluster.max.size': 3 },
              memberSpec: { type: 'docker-container', planId: 'cache', config: { 'docker.image.name': 'redis:7' } },
            },
            {
              type: 'docker-container',
              planId: 'web',
              dependsOn: [{ on: 'cache-cluster', condition: 'healthy' }],
              config: { 'docker.container.environment': { PORT: 6379 } },
            },
          ],
        },
      },
    });
  });
});
