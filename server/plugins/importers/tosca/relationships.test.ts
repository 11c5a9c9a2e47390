import { describe, expect, it } from 'vitest';
import { readTosca, servicesOf, type ToscaGiven, withNodes } from '../../../testing/read-tosca.ts';

const read = (nodes: string, rest = '', given: ToscaGiven = {}) => {
  const reading = readTosca(withNodes(nodes, rest), given);
  return {
    services: servicesOf(reading),
    findings: reading.findings.map((finding) => finding.replace(/ \d+:\d+ /, ' ')),
    hints: reading.hints,
  };
};
const TYPES = `node_types:
  my.App:
    derived_from: tosca.nodes.SoftwareComponent
    requirements:
    - database: { capability: tosca.capabilities.Endpoint.Database, relationship: my.Connects }
relationship_types:
  my.Connects:
    derived_from: tosca.relationships.ConnectsTo
    properties:
      user: { type: string, default: ann }
    interfaces:
      Configure:
        pre_configure_source:
          implementation: connect.sh
          inputs:
            DB_IP: { get_attribute: [TARGET, ip_address] }
            DB_PORT: { get_property: [TARGET, port] }
            DB_USER: { get_property: [SELF, user] }
            APP: { get_property: [SOURCE, component_version] }
        post_configure_target: allow.sh
`;
const FILES = { 'connect.sh': 'connect', 'allow.sh': 'allow', 'more.sh': 'more' };
const DB = 'db: { type: tosca.nodes.Database, properties: { name: shop, port: 3306 } }\n';

describe('a relationship', () => {
  it('runs its operations on the end that they are for, with inputs of both', () => {
    const { services, findings } = read(
      `${DB}app:\n  type: my.App\n  properties: { component_version: "1.2" }\n  requirements: [{ database: db }]\n`,
      TYPES,
      { files: FILES },
    );
    expect(findings).toEqual([]);
    expect(services.app).toMatchObject({
      dependsOn: { db: { condition: 'healthy' } },
      'brooklyn.config': {
        'pre.customize.command': 'connect',
        'shell.env': { DB_IP: '$brooklyn:component("db").attributeWhenReady("host.address")', DB_PORT: 3306, DB_USER: 'ann', APP: '1.2' },
      },
    });
    expect(services.db['brooklyn.config']['post.customize.command']).toBe('allow');
  });

  it('may be refined where it is used', () => {
    const nodes = `${DB}app:\n  type: my.App\n  properties: { component_version: "1" }\n  requirements:\n  - database:\n      node: db\n      relationship:\n        type: my.Connects\n        properties: { user: bob }\n        interfaces: { Configure: { pre_configure_source: { implementation: more.sh } } }\n`;
    expect(read(nodes, TYPES, { files: FILES }).services.app['brooklyn.config']).toMatchObject({
      'pre.customize.command': 'more',
      'shell.env': { DB_USER: 'bob' },
    });
  });

  it('may be a template of its own', () => {
    const text = `${withNodes(`${DB}app:\n  type: my.App\n  properties: { component_version: "1" }\n  requirements: [{ database: { node: db, relationship: shared } }]\n`, TYPES)}  relationship_templates:\n    shared: { type: my.Connects, properties: { user: eve } }\n`;
    const reading = readTosca(text, { files: FILES });
    expect(reading.findings).toEqual([]);
    expect(servicesOf(reading).app['brooklyn.config']['shell.env'].DB_USER).toBe('eve');
  });

  it('runs several scripts of one step after each other, each by itself', () => {
    const nodes = `${DB}app:\n  type: my.App\n  properties: { component_version: "1" }\n  requirements:\n  - database: db\n  - database: { node: db, relationship: { type: my.Connects, interfaces: { Configure: { pre_configure_source: more.sh } } } }\n`;
    expect(read(nodes, TYPES, { files: FILES }).services.app['brooklyn.config']['pre.customize.command']).toBe(
      '(\nconnect\n) || exit $?\n(\nmore\n) || exit $?\n',
    );
  });

  it('of Brooklyn puts a value into the config of its source', () => {
    const configure = (properties: string) =>
      read(
        `${DB}app:\n  type: tosca.nodes.SoftwareComponent\n  requirements:\n  - dependency: { node: db, relationship: brooklyn.relationships.Configure, properties: ${properties} }\n`,
      );
    expect(configure('{ prop.collection: java.sysprops, prop.name: url, prop.value: x }').services.app['brooklyn.config']).toMatchObject({
      'java.sysprops': { url: 'x' },
    });
    expect(configure('{ prop.collection: urls, prop.value: x }').services.app['brooklyn.config'].urls).toEqual(['x']);
    expect(configure('{ prop.name: url, prop.value: x }').services.app['brooklyn.config'].url).toBe('x');
    expect(configure('{ prop.value: x }').findings).toEqual([
      'error tosca-property-missing The relationship of “dependency” needs “prop.name” or “prop.collection”.',
    ]);
  });

  it('says which of its operations are never run', () => {
    const types =
      'relationship_types:\n  my.R:\n    derived_from: tosca.relationships.DependsOn\n    interfaces: { Configure: { add_target: more.sh } }\n';
    const nodes = `${DB}app:\n  type: tosca.nodes.SoftwareComponent\n  requirements: [{ dependency: { node: db, relationship: my.R } }]\n`;
    expect(read(nodes, types, { files: FILES }).findings).toEqual([
      'warning not-supported The operation “add_target” of a relationship is never run.',
    ]);
  });
});

describe('a requirement', () => {
  it.each([
    ['short', '- dependency: db'],
    ['long', '- dependency: { node: db, capability: tosca.capabilities.Node }'],
    ['with keys beside it', '- dependency: db\n    relationship: tosca.relationships.DependsOn'],
  ])('is met by the node that it names: %s', (_, item) => {
    const { services, findings } = read(`${DB}app:\n  type: tosca.nodes.SoftwareComponent\n  requirements:\n  ${item}\n`);
    expect(findings).toEqual([]);
    expect(services.app.dependsOn).toEqual({ db: { condition: 'healthy' } });
  });

  it('that names a type is met by the node of that type, or the first of several', () => {
    const app = 'app:\n  type: tosca.nodes.SoftwareComponent\n  requirements: [{ dependency: tosca.nodes.Database }]\n';
    expect(read(`${DB}${app}`)).toMatchObject({ services: { app: { dependsOn: { db: {} } } }, findings: [] });
    expect(read(`${DB}db2: { type: tosca.nodes.Database }\n${app}`).findings).toEqual([
      'warning tosca-requirement Several nodes meet the requirement “dependency”; “db” is taken.',
    ]);
    expect(read(app).findings).toEqual(['warning tosca-requirement No node of the topology meets the requirement “dependency”.']);
  });

  it('names a node that is there', () => {
    const { findings, hints } = read(`${DB}app:\n  type: tosca.nodes.SoftwareComponent\n  requirements: [{ dependency: bd }]\n`);
    expect(findings).toEqual(['error tosca-unknown-node There is no node “bd”.']);
    expect(hints).toEqual(['Did you mean “db”?']);
  });

  it('is one that the type declares', () => {
    const { services, findings } = read(`${DB}app:\n  type: tosca.nodes.SoftwareComponent\n  requirements: [{ dependancy: db }]\n`);
    expect(findings).toEqual([
      'warning tosca-requirement “tosca.nodes.SoftwareComponent” has no requirement “dependancy”; it is taken as one that depends.',
    ]);
    expect(services.app.dependsOn).toEqual({ db: { condition: 'healthy' } });
  });

  it('of a guest is not waited for by its host', () => {
    const { findings } = read(
      'web:\n  type: tosca.nodes.WebServer\n  requirements: [{ dependency: app }]\napp:\n  type: tosca.nodes.WebApplication\n  requirements: [{ host: web }]\n',
    );
    expect(findings).toEqual(['error tosca-circle “web” cannot wait for “app”, which it hosts itself.']);
  });
});
