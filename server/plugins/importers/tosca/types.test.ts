import { describe, expect, it } from 'vitest';
import { readTosca, servicesOf, withNodes } from '../../../testing/read-tosca.ts';

const APP = 'app:\n  type: my.App\n';

describe('a type', () => {
  it('has the properties, operations and artifacts of all that it derives from, and its own over them', () => {
    const reading = readTosca(
      withNodes(
        APP,
        `node_types:
  my.Base:
    derived_from: tosca.nodes.SoftwareComponent
    properties:
      port: { type: integer, default: 80 }
      path: { type: string, default: / }
    interfaces:
      Standard:
        create: create.sh
        configure:
          implementation: configure.sh
          inputs:
            PORT: { get_property: [SELF, port] }
  my.App:
    derived_from: my.Base
    properties:
      port: { default: 8080 }
    interfaces:
      Standard:
        configure:
          inputs:
            MODE: fast
        start: start.sh
`,
      ),
      { files: { 'create.sh': 'c', 'configure.sh': 'f', 'start.sh': 's' } },
    );
    expect(reading.findings).toEqual([]);
    expect(servicesOf(reading).app).toMatchObject({
      'brooklyn.parameters': [
        { name: 'port', type: 'integer', default: 8080 },
        { name: 'path', type: 'string', default: '/' },
      ],
      'brooklyn.config': {
        'install.command': 'c',
        'customize.command': 'f',
        'launch.command': 's',
        'shell.env': { PORT: 8080, MODE: 'fast' },
      },
    });
  });

  it('may not derive from itself', () => {
    const types = 'node_types:\n  my.App: { derived_from: my.B }\n  my.B: { derived_from: my.C }\n  my.C: { derived_from: my.App }\n';
    expect(readTosca(withNodes(APP, types)).findings).toEqual([
      'error tosca-circle 5:25 Types derive from each other in a circle: my.App → my.B → my.C → my.App.',
    ]);
  });

  it('may not derive from one that is not there, whether it is used or not', () => {
    const { findings, hints } = readTosca(
      withNodes('app:\n  type: tosca.nodes.WebServer\n', 'node_types:\n  my.App: { derived_from: tosca.nodes.WebServe }\n'),
    );
    expect(findings).toEqual(['error tosca-unknown-type 3:27 “my.App” derives from “tosca.nodes.WebServe”, which is no type here.']);
    expect(hints[0]).toContain('“tosca.nodes.WebServer”');
  });

  it.each(['tosca.nodes.WebServer', 'WebServer', 'tosca:WebServer'])('of TOSCA itself may be called %s', (name) => {
    const reading = readTosca(withNodes(`app:\n  type: ${name}\n`));
    expect(reading.findings).toEqual([]);
    expect(servicesOf(reading).app.type).toBe('vanilla-process');
  });

  it('that is not there is named, with the nearest', () => {
    const { findings, hints } = readTosca(withNodes('app:\n  type: tosca.nodes.WebServr\n'));
    expect(findings).toEqual(['error unknown-type 5:13 There is no type “tosca.nodes.WebServr”.']);
    expect(hints[0]).toContain('“tosca.nodes.WebServer”');
  });
});

describe('imports', () => {
  const TYPES =
    'tosca_definitions_version: tosca_simple_yaml_1_3\nnode_types:\n  my.App:\n    derived_from: tosca.nodes.SoftwareComponent\n';

  it.each([
    ['a name', '- types.yaml'],
    ['a path', '- ./types.yaml'],
    ['a map', '- file: types.yaml'],
    ['a named map', '- some: { file: types.yaml }'],
    ['a named file', '- some: types.yaml'],
  ])('are read from the files beside the template: %s', (_, item) => {
    const { findings } = readTosca(withNodes(APP, `imports:\n${item}\n`), { files: { 'types.yaml': TYPES } });
    expect(findings).toEqual([]);
  });

  it('may give a prefix to the types of a file', () => {
    const rest = 'imports:\n- { file: types.yaml, namespace_prefix: mine }\n';
    expect(readTosca(withNodes('app:\n  type: mine:my.App\n', rest), { files: { 'types.yaml': TYPES } }).findings).toEqual([]);
  });

  it('may import further ones, beside themselves, and each other', () => {
    const files = {
      'lib/all.yaml': 'tosca_definitions_version: tosca_simple_yaml_1_3\nimports: [one.yaml, ../types.yaml]\n',
      'lib/one.yaml': 'tosca_definitions_version: tosca_simple_yaml_1_3\nimports: [all.yaml]\n',
      'types.yaml': TYPES,
    };
    expect(readTosca(withNodes(APP, 'imports: [lib/all.yaml]\n'), { files }).findings).toEqual([]);
  });

  it('of Alien4Cloud are found by the name that a template gives itself; its normative types are known', () => {
    const rest = 'imports:\n- tosca-normative-types:1.0.0.wd06-SNAPSHOT\n- brooklyn-types:0.1.0-SNAPSHOT\n- my-types:1.0.0\n';
    const files = { 'mine/any.yml': `${TYPES}template_name: my-types\n` };
    expect(readTosca(withNodes(APP, rest), { files }).findings).toEqual([]);
  });

  it('that are not there are errors, and then what they may define is not blamed as well', () => {
    const nodes =
      'app:\n  type: my.App\n  requirements:\n  - host:\n      node: app2\n      relationship: my.HostedOn\napp2:\n  type: tosca.nodes.Compute\n';
    const { findings, hints } = readTosca(withNodes(nodes, 'imports:\n- type.yaml\n- https://example.org/x.yaml\n- php-type:2.0.0\n'), {
      files: { 'types.yaml': TYPES },
    });
    expect(findings).toEqual([
      'error tosca-import 3:3 The import “type.yaml” is not there.',
      'error tosca-import 4:3 The import “https://example.org/x.yaml” is not there.',
      'error tosca-import 5:3 The import “php-type:2.0.0” is not there.',
    ]);
    expect(hints).toEqual([
      'Did you mean “types.yaml”?',
      'Nothing is downloaded: put the file beside the template, and import it by its name.',
      'Put the template that calls itself “php-type” into the archive.',
    ]);
  });

  it('have their mistakes at their own places', () => {
    const { findings } = readTosca(withNodes(APP, 'imports: [types.yaml]\n'), {
      files: { 'types.yaml': `${TYPES}    properties:\n      port: { type: integer, default: many }\n` },
    });
    expect(findings).toEqual(['types.yaml error tosca-value 6:39 “port” needs a whole number, not “many”.']);
  });

  it('must be templates', () => {
    const { findings } = readTosca(withNodes('app:\n  type: tosca.nodes.Compute\n', 'imports: [a.yaml, b.yaml]\n'), {
      files: { 'a.yaml': '- a list\n', 'b.yaml': 'a: [\n' },
    });
    expect(findings).toEqual([
      'a.yaml error tosca-import 1:1 “a.yaml” is no template: it is no map.',
      expect.stringMatching(/^b\.yaml error yaml-syntax/),
    ]);
  });
});

describe('values', () => {
  const TYPE = (definition: string) =>
    `data_types:
  my.Port:
    derived_from: integer
    constraints: [{ in_range: [1024, 65535] }]
  my.Address:
    properties:
      street: { type: string }
      zip: { type: string, required: false }
node_types:
  my.App:
    derived_from: tosca.nodes.Root
    properties:
      p: ${definition}
`;
  const problem = (definition: string, value: string) =>
    readTosca(withNodes(`app:\n  type: my.App\n  properties:\n    p: ${value}\n`, TYPE(definition))).findings.map((finding) =>
      finding.replace(/ \d+:\d+ /, ' '),
    );

  it.each([
    ['{ type: string }', '5'],
    ['{ type: integer }', '"5"'],
    ['{ type: float }', '0.5'],
    ['{ type: boolean }', '"yes"'],
    ['{ type: version }', '14.04'],
    ['{ type: timestamp }', '"2015-05-07T07:00:00Z"'],
    ['{ type: range }', '[1, UNBOUNDED]'],
    ['{ type: list, entry_schema: { type: integer } }', '[1, 2]'],
    ['{ type: list, entry_schema: string }', '8080+'],
    ['{ type: map, entry_schema: { type: string } }', '{ a: b }'],
    ['{ type: scalar-unit.size }', '4 GB'],
    ['{ type: scalar-unit.size }', '512mib'],
    ['{ type: scalar-unit.time }', '1.5 h'],
    ['{ type: scalar-unit.frequency }', '2.4 GHz'],
    ['{ type: scalar-unit.bitrate }', '10 Mbps'],
    ['{ type: my.Port }', '8080'],
    ['{ type: tosca.datatypes.network.PortDef }', '80'],
    ['{ type: PortDef }', '80'],
    ['{ type: my.Address }', '{ street: Main }'],
    ['{ type: integer, constraints: [{ greater_or_equal: 1 }, { less_than: 10 }] }', '9'],
    ['{ type: string, constraints: [{ valid_values: [a, b] }] }', 'b'],
    ['{ type: string, constraints: [{ pattern: "[a-z]+[0-9]?" }, { min_length: 2 }, { max_length: 4 }] }', 'abc1'],
    ['{ type: scalar-unit.size, constraints: [{ in_range: [1 MB, 2 GB] }] }', '1000 MB'],
    ['{ type: list, constraints: [{ length: 2 }] }', '[a, b]'],
    ['{ type: string }', '$brooklyn:config("x")'],
  ])('of %s may be %s', (definition, value) => {
    expect(problem(definition, value)).toEqual([]);
  });

  it.each([
    ['{ type: string }', '[a]', 'error tosca-value “p” needs a text, not a list.'],
    ['{ type: integer }', 'many', 'error tosca-value “p” needs a whole number, not “many”.'],
    ['{ type: integer }', '1.5', 'error tosca-value “p” needs a whole number, not “1.5”.'],
    ['{ type: float }', 'x', 'error tosca-value “p” needs a number, not “x”.'],
    ['{ type: boolean }', 'maybe', 'error tosca-value “p” needs true or false, not “maybe”.'],
    ['{ type: range }', '[1]', 'error tosca-value “p” needs a range, such as [1, 4], not a list.'],
    ['{ type: list }', '{ a: 1 }', 'error tosca-value “p” needs a list, not a map.'],
    ['{ type: map }', '[a]', 'error tosca-value “p” needs a map, not a list.'],
    ['{ type: list, entry_schema: { type: integer } }', '[1, x]', 'error tosca-value “p” needs a whole number, not “x”.'],
    ['{ type: map, entry_schema: { type: integer } }', '{ a: x }', 'error tosca-value “p.a” needs a whole number, not “x”.'],
    ['{ type: scalar-unit.size }', '4', 'error tosca-value “p” needs a size with a unit, such as 4 GB, not “4”.'],
    ['{ type: scalar-unit.time }', '4 GB', 'error tosca-value “p” needs a time with a unit, such as 30 s, not “4 GB”.'],
    ['{ type: my.Port }', '80', 'error tosca-value “p” must be from 1024 to 65535, and is “80”.'],
    [
      '{ type: PortDef, constraints: [{ in_range: [1, 65535] }] }',
      '70000',
      'error tosca-value “p” must be from 1 to 65535, and is “70000”.',
    ],
    ['{ type: my.Address }', 'Main', 'error tosca-value “p” needs a map with street, zip.'],
    ['{ type: my.Address }', '{ zip: 1 }', 'error tosca-property-missing “p” lacks “street”, which my.Address needs.'],
    ['{ type: my.Address }', '{ street: a, town: b }', 'warning tosca-unknown-property my.Address has no “town”.'],
    ['{ type: my.Adress }', 'x', 'error tosca-unknown-type There is no data type “my.Adress”.'],
    ['{ type: integer, constraints: [{ greater_or_equal: 1 }] }', '0', 'error tosca-value “p” must be at least 1, and is “0”.'],
    ['{ type: integer, constraint: { greater_than: 1 } }', '1', 'error tosca-value “p” must be more than 1, and is “1”.'],
    ['{ type: integer, constraints: [{ less_than: 10 }] }', '10', 'error tosca-value “p” must be less than 10, and is “10”.'],
    ['{ type: integer, constraints: [{ less_or_equal: 10 }] }', '11', 'error tosca-value “p” must be at most 10, and is “11”.'],
    ['{ type: string, constraints: [{ equal: a }] }', 'b', 'error tosca-value “p” must be “a”, and is “b”.'],
    ['{ type: string, constraints: [{ valid_values: [a, b] }] }', 'c', 'error tosca-value “p” must be one of a, b, and is “c”.'],
    ['{ type: string, constraints: [{ pattern: "[a-z]+" }] }', 'a1', 'error tosca-value “p” must match “[a-z]+”, and is “a1”.'],
    ['{ type: string, constraints: [{ length: 2 }] }', 'abc', 'error tosca-value “p” must have a length of 2, and is “abc”.'],
    ['{ type: list, constraints: [{ min_length: 2 }] }', '[a]', 'error tosca-value “p” must have a length of at least 2.'],
    ['{ type: string, constraints: [{ max_length: 2 }] }', 'abc', 'error tosca-value “p” must have a length of at most 2, and is “abc”.'],
    [
      '{ type: scalar-unit.size, constraints: [{ greater_or_equal: 1 GB }] }',
      '512 MB',
      'error tosca-value “p” must be at least 1 GB, and is “512 MB”.',
    ],
  ])('of %s may not be %s', (definition, value, message) => {
    expect(problem(definition, value)).toEqual([message]);
  });

  it.each([
    [
      '{ pattern: "(a+)+b" }',
      '“p” is not checked against “pattern”: a repeated group may not itself hold a repetition or alternatives, such as (a+)+.',
    ],
    ['{ schema: "{}" }', '“p” is not checked against “schema”: there is no such constraint here.'],
    ['{ greater_than: big }', '“p” is not checked against “greater_than”: “big” cannot be compared with it.'],
  ])('are not checked, and that is said, against %s', (constraint, message) => {
    expect(problem(`{ type: string, constraints: [${constraint}] }`, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).toEqual([
      `warning tosca-constraint ${message}`,
    ]);
  });

  it('must be given where the type needs one', () => {
    const { findings } = readTosca(withNodes(APP, TYPE('{ type: string }')));
    expect(findings).toEqual(['error tosca-property-missing 17:5 “app” needs a value for “p”.']);
    expect(readTosca(withNodes(APP, TYPE('{ type: string, required: false }'))).findings).toEqual([]);
    expect(readTosca(withNodes(APP, TYPE('{ type: string, default: x }'))).findings).toEqual([]);
  });

  it('of a property that the type does not declare are kept, with a warning and the nearest name', () => {
    const reading = readTosca(withNodes('app:\n  type: tosca.nodes.DBMS\n  properties:\n    root_pasword: x\n'));
    expect(reading.findings).toEqual([
      'warning tosca-unknown-property 7:9 “root_pasword” is no property that “tosca.nodes.DBMS” declares.',
    ]);
    expect(reading.hints[0]).toContain('“root_password”');
    expect(servicesOf(reading).app['brooklyn.parameters']).toEqual([{ name: 'root_pasword', default: 'x' }]);
  });

  it('are parameters of their type, lists and maps too, and values of data types of any', () => {
    const types = `data_types:
  my.Pair: { properties: { a: { type: string }, b: { type: string } } }
node_types:
  my.App:
    derived_from: tosca.nodes.SoftwareComponent
    properties:
      names: { type: list, entry_schema: { type: string } }
      ages: { type: map, entry_schema: { type: integer } }
      pair: { type: my.Pair }
`;
    const values = '  properties:\n    names: [a, b]\n    ages: { a: 1 }\n    pair: { a: x, b: y }\n';
    const reading = readTosca(withNodes(`app:\n  type: my.App\n${values}`, types));
    expect(servicesOf(reading).app['brooklyn.parameters']).toMatchObject([
      { name: 'names', type: 'list' },
      { name: 'ages', type: 'map' },
      { name: 'pair', type: 'any' },
    ]);
  });
});
