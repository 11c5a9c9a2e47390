import { describe, expect, it } from 'vitest';
import { readTosca, servicesOf, withNodes } from '../../testing/read-tosca.ts';
import { DIALECTS } from './tosca/dialects.ts';

const TOPOLOGY = 'topology_template:\n  node_templates:\n    app:\n      type: tosca.nodes.SoftwareComponent\n';

describe('what is TOSCA', () => {
  it.each([...DIALECTS.keys()])('is a template of %s', (version) => {
    const { camp, findings } = readTosca(`tosca_definitions_version: ${version}\n${TOPOLOGY}`);
    expect(findings).toEqual([]);
    expect(camp.services).toMatchObject([{ type: 'vanilla-process', id: 'app', name: 'app' }]);
  });

  it('is also one whose version is missing or misspelt, which is said', () => {
    expect(readTosca(TOPOLOGY).findings).toEqual(['error tosca-version 1:1 “tosca_definitions_version” is missing.']);
    expect(readTosca(`tosca_definitions_versions: tosca_simple_yaml_1_0\n${TOPOLOGY}`).findings).toEqual([
      'error tosca-version 1:1 “tosca_definitions_version” is missing; “tosca_definitions_versions” is not that.',
      'error key-unknown 1:1 “tosca_definitions_versions” is not a key here.',
    ]);
  });

  it.each([
    ['tosca_2_0', 'tosca_simple_yaml_1_3'],
    ['tosca_simple_yaml_1_4', 'tosca_simple_yaml_1_3'],
    ['tosca_simple_yaml_1_10', 'tosca_simple_yaml_1_3'],
    ['tosca_simple_yaml_1_1_1', 'tosca_simple_yaml_1_1'],
    ['tosca_simple_yaml_1_0_0_wd3', 'tosca_simple_yaml_1_0_0_wd03'],
    ['tosca_simple_profile_for_nfv_1_0_0', 'tosca_simple_yaml_1_0'],
    ['cloudify_dsl_1_3', 'tosca_simple_yaml_1_3'],
  ])('names the nearest version to %s', (version, nearest) => {
    const { findings, hints, camp } = readTosca(`tosca_definitions_version: ${version}\n${TOPOLOGY}`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^error tosca-version 1:28 /);
    expect(hints[0]).toContain(`The nearest is ${nearest};`);
    expect(camp.services).toHaveLength(1);
  });

  it('is not a blueprint of CAMP', () => {
    expect(readTosca('services:\n- type: docker:redis\n')).toEqual({ camp: null, findings: [], hints: [] });
  });

  it('is no link: nothing is downloaded', () => {
    expect(readTosca('csar_link: classpath://templates/csar-path.zip\n').findings).toEqual([
      'warning not-supported 1:1 Nothing is downloaded.',
    ]);
  });
});

describe('a template', () => {
  it('gives the application its name and description', () => {
    const rest = 'metadata:\n  template_name: shop\ndescription: Sells things\n';
    expect(readTosca(withNodes('app:\n  type: tosca.nodes.WebServer\n', rest)).camp).toMatchObject({
      name: 'shop',
      description: 'Sells things',
    });
    const draft =
      'tosca_definitions_version: tosca_simple_yaml_1_0_0_wd03\ntemplate_name: shop\ntemplate_version: 1.0.0\ntemplate_author: me\n';
    expect(readTosca(`${draft}${TOPOLOGY}`)).toMatchObject({ camp: { name: 'shop' }, findings: [] });
  });

  it('with types only has nothing to deploy', () => {
    const text = 'tosca_definitions_version: tosca_simple_yaml_1_0\nnode_types:\n  my.App:\n    derived_from: tosca.nodes.WebApplication\n';
    expect(readTosca(text)).toMatchObject({
      camp: null,
      findings: [
        'error tosca-no-topology 1:1 There is no “topology_template”, so there is nothing to deploy. It defines the type “my.App”.',
      ],
    });
  });

  it('with an empty topology has nothing to deploy', () => {
    const text = 'tosca_definitions_version: tosca_simple_yaml_1_0\ntopology_template:\n  node_templates: {}\n';
    expect(readTosca(text).findings).toEqual(['error tosca-no-topology 3:3 The topology has no nodes.']);
  });

  it('has only keys that mean something', () => {
    const { findings } = readTosca(
      withNodes('app:\n  type: tosca.nodes.WebServer\n  propertys: {}\n', 'node_tipes: {}\nx-mine: 1\nsomething: 1\n'),
    );
    expect(findings).toEqual([
      'error key-unknown 2:1 “node_tipes” is not a key here.',
      'warning key-ignored 4:1 “something” is not a key here and has no effect.',
      'error key-unknown 9:7 “propertys” is not a key here.',
    ]);
  });

  it('says that workflows are not run', () => {
    const text = `${withNodes('app:\n  type: tosca.nodes.WebServer\n')}  workflows:\n    deploy: {}\n`;
    expect(readTosca(text).findings).toEqual(['warning not-supported 6:3 Workflows are not run: Clocker works out the order itself.']);
  });

  it('may say how others use it as a node, by names that are there', () => {
    const mapped = (node: string) =>
      readTosca(
        `${withNodes('app:\n  type: tosca.nodes.WebServer\n')}  substitution_mappings:\n    node_type: tosca.nodes.WebServer\n    capabilities: { host: [${node}, host] }\n`,
      ).findings;
    expect(mapped('app')).toEqual([]);
    expect(mapped('ap')).toEqual(['error tosca-unknown-node 8:28 There is no node “ap”.']);
  });

  it('has names that CAMP takes as ids, whatever its nodes are called', () => {
    const reading = readTosca(
      withNodes(
        '"my app":\n  type: tosca.nodes.WebServer\n"my-app":\n  type: tosca.nodes.WebServer\n"ü":\n  type: tosca.nodes.WebServer\n',
      ),
    );
    expect(reading.findings).toEqual([]);
    expect(Object.entries(servicesOf(reading)).map(([id, { name }]) => [id, name])).toEqual([
      ['my-app-2', 'my app'],
      ['my-app', 'my-app'],
      ['node', 'ü'],
    ]);
  });
});
