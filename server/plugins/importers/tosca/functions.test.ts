import { describe, expect, it } from 'vitest';
import { readTosca, servicesOf, type ToscaGiven } from '../../../testing/read-tosca.ts';

/** A topology with two processes on one machine, a container, inputs and one output with the value. */
function outputOf(value: string, given: ToscaGiven = {}) {
  const { camp, findings, hints } = readTosca(
    `tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  my.Db:
    derived_from: tosca.nodes.DBMS
    properties:
      users: { type: list, required: false, entry_schema: { type: string } }
      options: { type: map, required: false, entry_schema: { type: string } }
      unset: { type: string, required: false }
    attributes:
      url: { type: string, default: { concat: ["db://", get_attribute: [HOST, public_address], ":", get_property: [SELF, port]] } }
      version: { type: string }
      size: { type: integer, default: 3 }
topology_template:
  inputs:
    name: { type: string, default: shop }
    count: { type: integer, default: 2 }
    list: { type: list, default: [x, z], entry_schema: { type: string } }
    must: { type: string, required: false }
  node_templates:
    server: { type: tosca.nodes.Compute, capabilities: { host: { properties: { num_cpus: 4, mem_size: 2 GB } } } }
    db:
      type: my.Db
      properties: { port: 5432, root_password: "$brooklyn:external(\\"vault\\", \\"db\\")", users: [ann, bob], options: { mode: fast } }
      attributes: { zone: eu }
      requirements: [{ host: server }]
    app:
      type: tosca.nodes.WebApplication
      requirements:
      - host: db
      - dependency: { node: web, relationship: { type: tosca.relationships.ConnectsTo, properties: { credential: { token: t0 } } } }
    web:
      type: tosca.nodes.Container.Application.Docker
      artifacts:
        image: { file: "nginx:1.27", type: tosca.artifacts.Deployment.Image.Container.Docker }
  outputs:
    out:
      value: ${value}
`,
    given,
  );
  const outputs = camp['brooklyn.config']?.['tosca.outputs'];
  return { value: outputs?.out, findings: findings.map((finding) => finding.replace(/ \d+:\d+ /, ' ')), hints };
}

describe('a function that is worked out from the template', () => {
  it.each<readonly [string, unknown]>([
    ['{ get_input: name }', 'shop'],
    ['{ get_input: [list, 1] }', 'z'],
    ['{ get_property: [db, port] }', 5432],
    ['{ get_property: [db, users, 1] }', 'bob'],
    ['{ get_property: [db, users.0] }', 'ann'],
    ['{ get_property: [db, options, mode] }', 'fast'],
    ['{ get_property: [db, options.mode] }', 'fast'],
    ['{ get_property: [db, options] }', { mode: 'fast' }],
    ['{ get_property: [server, host, mem_size] }', '2 GB'],
    ['{ get_property: [server, num_cpus] }', 4],
    ['{ get_property: [app, host, port] }', 5432],
    ['{ get_property: [app, dependency, credential, token] }', 't0'],
    ['{ get_property: [server, endpoint, protocol] }', 'tcp'],
    ['{ get_attribute: [db, tosca_name] }', 'db'],
    ['{ get_attribute: [db, zone] }', 'eu'],
    ['{ get_attribute: [db, size] }', 3],
    ['{ get_attribute: [db, port] }', 5432],
    ['{ get_artifact: [web, image] }', 'nginx:1.27'],
    ['{ get_nodes_of_type: tosca.nodes.Root }', ['server', 'db', 'app', 'web']],
    ['{ get_nodes_of_type: [my.Db] }', ['db']],
    ['{ concat: ["a", { get_input: count }, true] }', 'a2true'],
    ['{ concat: [[a], { get_input: list }] }', ['a', 'x', 'z']],
    ['{ join: [[a, b, c], "-"] }', 'a-b-c'],
    ['{ join: [[a, b]] }', 'ab'],
    ['{ token: ["a.b.c", ".", 1] }', 'b'],
    ['{ token: [{ concat: [a, ";", b] }, ";", 1] }', 'b'],
    ['[{ get_input: name }, { k: { get_input: count } }]', ['shop', { k: 2 }]],
  ])('%s is %j', (written, expected) => {
    expect(outputOf(written)).toMatchObject({ value: expected, findings: [] });
  });
});

describe('a function whose value is known when the application runs', () => {
  it.each([
    ['{ get_attribute: [server, public_address] }', '$brooklyn:component("server").attributeWhenReady("host.address")'],
    ['{ get_attribute: [server, private_address] }', '$brooklyn:component("server").attributeWhenReady("host.subnet.address")'],
    ['{ get_attribute: [db, state] }', '$brooklyn:component("db").attributeWhenReady("service.state")'],
    ['{ get_attribute: [db, version] }', '$brooklyn:component("db").attributeWhenReady("version")'],
    ['{ get_attribute: [db, tosca_id] }', '$brooklyn:component("db").entityId()'],
    ['{ get_attribute: [server, endpoint, ip_address] }', '$brooklyn:component("server").attributeWhenReady("host.address")'],
    ['{ get_attribute: [web, private_address] }', '$brooklyn:component("web").attributeWhenReady("host.address")'],
    ['{ get_property: [db, root_password] }', '$brooklyn:component("db").config("root_password")'],
    ['{ get_attribute: [db, url] }', '$brooklyn:formatString("db://%s:5432", component("server").attributeWhenReady("host.address"))'],
    [
      '{ concat: ["50% of ", { get_attribute: [server, public_address] }, " \\"quoted\\""] }',
      '$brooklyn:formatString("50%% of %s \\"quoted\\"", component("server").attributeWhenReady("host.address"))',
    ],
    [
      '{ join: [[{ get_attribute: [server, public_address] }, { get_attribute: [db, version] }], ":"] }',
      '$brooklyn:formatString("%s:%s", component("server").attributeWhenReady("host.address"), component("db").attributeWhenReady("version"))',
    ],
    [
      '{ token: [{ get_attribute: [server, public_address] }, ".", 1] }',
      '$brooklyn:regexReplacement(component("server").attributeWhenReady("host.address"), "^[^.]*\\\\.([^.]*)[\\\\s\\\\S]*$", "$1")',
    ],
  ])('%s is %s', (written, expected) => {
    expect(outputOf(written)).toMatchObject({ value: expected, findings: [] });
  });

  it('takes the part that TOSCA means out of a text', () => {
    const { value } = outputOf('{ token: [{ get_attribute: [server, public_address] }, ".", 2] }');
    const [, pattern = '', replacement = ''] = /, ("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")\)$/.exec(value) ?? [];
    expect('10.20.30.40'.replace(new RegExp(JSON.parse(pattern), 'u'), JSON.parse(replacement))).toBe('30');
  });
});

describe('a function that cannot be worked out', () => {
  it.each([
    ['{ get_input: nme }', '“get_input” names “nme”, which is no input.', 'Did you mean “name”?'],
    ['{ get_input: [list, 5] }', '“get_input” finds no “5” there.', ''],
    ['{ get_property: [db] }', '“get_property” needs a node, and the name of what to read of it.', ''],
    ['{ get_property: db }', '“get_property” needs a node, and the name of what to read of it.', ''],
    ['{ get_property: [bd, port] }', '“get_property” names “bd”, which is no node.', 'Did you mean “db”?'],
    ['{ get_property: [db, prt] }', '“get_property” finds no property “prt” of “db”.', 'Did you mean “port”?'],
    [
      '{ get_property: [server, host, mem] }',
      '“get_property” finds no property “mem” of the capability “host”.',
      'Known are name, num_cpus, cpu_frequency, disk_size, mem_size.',
    ],
    ['{ get_property: [SELF, port] }', '“get_property” has no SELF here: name the node.', ''],
    ['{ get_property: [TARGET, port] }', '“get_property” has no TARGET here: it stands in no relationship.', ''],
    ['{ get_attribute: [HOST, port] }', '“get_attribute” finds no HOST: the node is hosted on none.', ''],
    ['{ get_artifact: [web, imge] }', '“get_artifact” finds no artifact “imge” of “web”.', 'Did you mean “image”?'],
    ['{ get_nodes_of_type: my.Dbb }', '“get_nodes_of_type” needs a node type, and “my.Dbb” is none.', 'Did you mean “my.Db”?'],
    ['{ concat: a }', '“concat” needs a list of what it puts together.', ''],
    ['{ concat: [a, { get_property: [db, options] }] }', '“concat” puts texts together, not a map.', ''],
    ['{ token: [a, ".", 7] }', '“token” finds no part 7 in “a”.', ''],
    ['{ token: [a] }', '“token” needs a text, the delimiter between its parts, and the position of one of them.', ''],
    ['{ join: a }', '“join” needs a list of texts, and what stands between them.', ''],
  ])('%s says why', (written, message, hint) => {
    const { findings, hints } = outputOf(written);
    expect(findings).toEqual([`error tosca-function ${message}`]);
    expect(hints).toContain(hint);
  });

  it.each([
    ['{ get_operation_output: [db, Standard, create, x] }', '“get_operation_output” is not read: what a script prints is not kept.'],
    ['{ get_attribute: [db, version, 0] }', '“get_attribute” reads “version” as a whole only, not a part of it.'],
    [
      '{ token: [{ get_attribute: [db, version] }, "--", 1] }',
      '“token” takes apart a text that is only known later by one character, and its first 20 parts.',
    ],
  ])('%s is not supported, and says so', (written, message) => {
    expect(outputOf(written).findings).toEqual([`error tosca-function-unsupported ${message}`]);
  });

  it('leads round in a circle, and says once round which', () => {
    const property = (name: string, other: string) => `      ${name}: { type: string, default: { get_property: [SELF, ${other}] } }\n`;
    const { findings } = readTosca(
      `tosca_definitions_version: tosca_simple_yaml_1_3\nnode_types:\n  my.App:\n    derived_from: tosca.nodes.Root\n    properties:\n${property('a', 'b')}${property('b', 'c')}${property('c', 'a')}topology_template:\n  node_templates:\n    app: { type: my.App }\n`,
    );
    expect(findings).toEqual(['error tosca-function 6:37 “get_property” leads round in a circle: app.b → app.c → app.a → app.b.']);
  });

  it('reads a property without a value: what needs it is left out', () => {
    expect(outputOf('{ get_property: [db, unset] }')).toMatchObject({
      value: undefined,
      findings: ['warning tosca-no-value “get_property” reads “unset”, which has no value; what needs it is left out.'],
    });
  });
});

describe('inputs', () => {
  const INPUT = (definition: string) => `tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  inputs:
    given: ${definition}
  node_templates:
    app: { type: tosca.nodes.DBMS, properties: { root_password: { get_input: given } } }
`;
  const passwordOf = (definition: string, variables?: Readonly<Record<string, string>>) => {
    const reading = readTosca(INPUT(definition), variables === undefined ? {} : { variables });
    return { value: servicesOf(reading).app['brooklyn.parameters']?.[0]?.default, findings: reading.findings };
  };

  it('have the value that was given, else their default', () => {
    expect(passwordOf('{ type: string, default: a }')).toEqual({ value: 'a', findings: [] });
    expect(passwordOf('{ type: string, default: a }', { given: 'b' })).toEqual({ value: 'b', findings: [] });
    expect(passwordOf('{ type: string }', { given: '1e3' })).toEqual({ value: '1e3', findings: [] });
  });

  it('are read as what they are: numbers, lists and maps as YAML', () => {
    const listed = (type: string, text: string) => {
      const text2 = `tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  inputs:
    given: { type: ${type} }
  node_templates:
    app: { type: tosca.nodes.SoftwareComponent, properties: { mine: { get_input: given } } }
`;
      return servicesOf(readTosca(text2, { variables: { given: text } })).app['brooklyn.parameters'][0].default;
    };
    expect(listed('integer', '80')).toBe(80);
    expect(listed('list', '[a, b]')).toEqual(['a', 'b']);
    expect(listed('map', '{ a: 1 }')).toEqual({ a: 1 });
    expect(listed('boolean', 'true')).toBe(true);
  });

  it('that need a value and have none are an error at their place', () => {
    expect(passwordOf('{ type: string }').findings).toEqual(['error tosca-input-missing 4:5 The input “given” needs a value.']);
    expect(passwordOf('{ type: string, required: false }').findings).toEqual([]);
  });

  it('keep their constraints, whoever gives the value', () => {
    const definition = '{ type: string, default: ab, constraints: [{ min_length: 2 }] }';
    expect(passwordOf(definition).findings).toEqual([]);
    expect(passwordOf(definition, { given: 'x' }).findings).toEqual([
      'error tosca-value 4:5 “given” must have a length of at least 2, and is “x”.',
    ]);
    expect(passwordOf('{ type: integer, default: two }').findings).toContain(
      'error tosca-value 4:38 “given” needs a whole number, not “two”.',
    );
  });
});

describe('outputs', () => {
  it('are config of the application', () => {
    expect(outputOf('{ concat: ["http://", { get_attribute: [server, public_address] }] }').value).toBe(
      '$brooklyn:formatString("http://%s", component("server").attributeWhenReady("host.address"))',
    );
  });

  it('need a value', () => {
    const { findings } = readTosca(
      'tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template:\n  node_templates:\n    app: { type: tosca.nodes.WebServer }\n  outputs:\n    url: { description: x }\n',
    );
    expect(findings).toEqual(['error value-kind 6:5 The output “url” needs a “value”.']);
  });
});
