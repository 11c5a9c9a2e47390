import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTosca, withNodes } from '../../../testing/read-tosca.ts';
import { runsOf } from '../../../testing/runs-of.ts';

const SAMPLE = `tosca_definitions_version: tosca_simple_yaml_1_3
imports: [types.yaml]
node_types:
  my.App:
    derived_from: tosca.nodes.SoftwareComponent
    properties: { port: { type: integer, default: 80, constraints: [{ in_range: [1, 65535] }] } }
    requirements: [{ db: { capability: tosca.capabilities.Endpoint.Database, relationship: tosca.relationships.ConnectsTo, occurrences: [0, UNBOUNDED] } }]
    interfaces: { Standard: { create: { implementation: a.sh, inputs: { P: { get_property: [SELF, port] } } } } }
topology_template:
  inputs: { n: { type: integer, default: 2 } }
  node_templates:
    server: { type: tosca.nodes.Compute, capabilities: { scalable: { properties: { default_instances: { get_input: n }, max_instances: 3 } } } }
    db: { type: tosca.nodes.Database, properties: { port: 1 }, requirements: [{ host: server }] }
    app: { type: my.App, requirements: [{ host: server }, { db: { node: db, relationship: { type: tosca.relationships.ConnectsTo } } }] }
    web: { type: tosca.nodes.Container.Application, artifacts: { i: { file: nginx, type: tosca.artifacts.Deployment.Image.Container.Docker } } }
  groups: { g: { members: [web], policies: [{ brooklyn.location: localhost }] } }
  policies: [{ s: { type: tosca.policies.Scaling, targets: [g], properties: { max_instances: 4 } } }]
  outputs: { o: { value: { concat: [a, { get_attribute: [server, public_address] }] } } }
`;

describe('whatever the text, the importer gives an answer', () => {
  const files = { 'a.sh': 'echo', 'types.yaml': 'tosca_definitions_version: tosca_simple_yaml_1_3\n' };

  it('when values are replaced by others', () => {
    const words = SAMPLE.match(/[\w.]+|[[\]{}]/g) ?? [];
    const other = fc.oneof(
      fc.constantFrom(...words, 'null', '[]', '{}', '""', 'SELF', '{ get_property: [SELF, x] }', '-1', '1e9'),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(words.length - 1), other), { minLength: 1, maxLength: 4 }), (changes) => {
        let text = SAMPLE;
        for (const [at, word] of changes) text = text.replace(words[at] ?? '', () => word);
        readTosca(text, { files });
      }),
      { numRuns: runsOf(400) },
    );
  });

  it('when lines are left out, doubled or moved', () => {
    const lines = SAMPLE.split('\n');
    fc.assert(
      fc.property(fc.array(fc.nat(lines.length - 1), { maxLength: 30 }), (order) => {
        readTosca(`tosca_definitions_version: tosca_simple_yaml_1_3\n${order.map((at) => lines[at]).join('\n')}`, { files });
      }),
      { numRuns: runsOf(400) },
    );
  });

  it('when it is any YAML', () => {
    fc.assert(
      fc.property(
        fc.object({
          key: fc.constantFrom('type', 'node_templates', 'inputs', 'properties', 'requirements', 'interfaces', 'artifacts'),
          maxDepth: 6,
        }),
        (value) => {
          readTosca(
            JSON.stringify({ ...value, tosca_definitions_version: 'tosca_simple_yaml_1_3', topology_template: { node_templates: value } }),
          );
        },
      ),
      { numRuns: runsOf(400) },
    );
  });
});

describe('a template that would become endless is given up', () => {
  const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');

  it('by properties that each insert another twice', () => {
    const properties = lines(
      60,
      (index) =>
        `    p${index}: { type: list, default: [{ get_property: [SELF, p${index + 1}] }, { get_property: [SELF, p${index + 1}] }] }`,
    );
    const { findings } = readTosca(
      withNodes(
        'a: { type: my.A }',
        `node_types:\n  my.A:\n    derived_from: tosca.nodes.Root\n    properties:\n${properties.replace(/^/gm, '  ')}\n      p60: { type: string, default: x }\n`,
      ),
    );
    expect(findings.some((finding) => finding.includes('tosca-too-large') || finding.includes('too many properties'))).toBe(true);
  });

  it('by texts that each double another', () => {
    const inputs = lines(
      60,
      (index) =>
        `      p${index}: { type: string, default: { concat: [{ get_property: [SELF, p${index + 1}] }, { get_property: [SELF, p${index + 1}] }] } }`,
    );
    const { findings } = readTosca(
      withNodes(
        'a: { type: my.A }',
        `node_types:\n  my.A:\n    derived_from: tosca.nodes.Root\n    properties:\n${inputs}\n      p60: { type: string, default: xxxxxxxxxx }\n`,
      ),
    );
    expect(findings.length).toBeGreaterThan(0);
  });

  it('by thousands of nodes with thousands of inherited properties', () => {
    const types = `node_types:\n  my.A:\n    derived_from: tosca.nodes.Root\n    properties:\n${lines(4000, (index) => `      p${index}: { type: string, default: x }`)}\n`;
    const { findings } = readTosca(
      withNodes(
        lines(4000, (index) => `n${index}: { type: my.A }`),
        types,
      ),
    );
    expect(findings.some((finding) => finding.includes('tosca-too-large'))).toBe(true);
  });

  it('by types, hosts and copies in long chains', () => {
    const types = `node_types:\n${lines(3000, (index) => `  t${index}: { derived_from: ${index === 2999 ? 'tosca.nodes.Root' : `t${index + 1}`} }`)}\n`;
    expect(readTosca(withNodes('a: { type: t0 }', types)).findings.some((finding) => finding.includes('tosca-circle'))).toBe(true);
    const hosts = lines(2000, (index) => `n${index}: { type: tosca.nodes.SoftwareComponent, requirements: [{ host: n${index + 1} }] }`);
    expect(
      readTosca(withNodes(`${hosts}\nn2000: { type: tosca.nodes.Compute }`)).findings.some((finding) => finding.includes('deeper than')),
    ).toBe(true);
    const copies = lines(2000, (index) => `n${index}: { copy: n${index + 1} }`);
    expect(
      readTosca(withNodes(`${copies}\nn2000: { type: tosca.nodes.Root }`)).findings.some((finding) => finding.includes('a copy of copies')),
    ).toBe(true);
  });
});
