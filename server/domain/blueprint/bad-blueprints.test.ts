import { describe, expect, it } from 'vitest';
import { containerWith, createPlanner } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();

const service = (lines: string) => `services:\n- type: docker:nginx\n${lines.replace(/^/gm, '  ')}\n`;
const laughs = `a: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`).join('\n')}`;
const manyKeys = Array.from({ length: 20_000 }, (_, index) => `k${index}: v`).join('\n');
const nestedDsl = `a: ${'$brooklyn:urlEncode('.repeat(200)}x${')'.repeat(200)}`;

/** Bounds a hang, not speed: that is measured by the bench. */
const HANGS_MS = 60_000;

/** What goes in, and the finding it must get. */
const BAD: readonly (readonly [string, string, string])[] = [
  ['thousands of brackets', '['.repeat(3000) + ']'.repeat(3000), 'too-deep'],
  ['thousands of list items in a line', '- '.repeat(3000), 'too-deep'],
  ['thousands of explicit keys', '? '.repeat(3000), 'too-deep'],
  ['600 levels of indentation', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'too-deep'],
  ['aliases that multiply', laughs, 'alias-limit'],
  ['20,000 keys', manyKeys, 'keys-too-many'],
  ['3 MiB', 'a'.repeat(3 * 1024 * 1024), 'too-large'],
  ['a million small parts', '- a\n'.repeat(520_000), 'too-large'],
  ['__proto__', '__proto__: {polluted: yes}', 'key-reserved'],
  ['constructor in a merge', 'a: &a {constructor: 1}\nb: {<<: *a}', 'key-reserved'],
  ['a marker of ours as a key', containerWith('x: {$dsl: {calls: []}}'), 'key-reserved'],
  ['an entity of somebody else', 'services:\n- {type: haproxy, target: {$entity: x}}', 'key-reserved'],
  ['an anchor in itself', 'a: &a [*a]', 'anchor-cycle'],
  ['an alias of nothing', 'a: *b', 'anchor-unknown'],
  ['a tab', 'services:\n\t- type: x', 'yaml-tab'],
  ['a NUL character', 'name: a\0', 'encoding'],
  ['half a surrogate pair', 'name: \ud800', 'encoding'],
  ['Latin-1 read as UTF-8', 'name: caf\ufffd', 'encoding'],
  ['a JavaScript tag', 'a: !!js/function x', 'yaml-tag'],
  ['an unknown tag', 'a: !thing x', 'yaml-tag'],
  ['YAML 1.1', '%YAML 1.1\n---\na: yes', 'yaml-directive'],
  ['two documents', 'a: 1\n---\nb: 2', 'document-many'],
  ['nothing', ' \n# only a comment\n', 'document-empty'],
  ['a list', '- a', 'value-kind'],
  ['a key twice', 'name: a\nname: b', 'key-duplicate'],
  ['a config key twice', containerWith('a: 1\na: 2'), 'key-repeated'],
  ['a map as key', '{a: 1}: b', 'key-not-text'],
  ['twenty digits', 'a: 12345678901234567890', 'number-not-exact'],
  ['infinity', 'a: .inf', 'number-not-exact'],
  ['no as a word', 'a: no', 'text-ambiguous'],
  ['22:22', 'a: 22:22', 'text-ambiguous'],
  ['010', 'a: 010', 'text-ambiguous'],
  ['1e3', 'a: 1e3', 'text-ambiguous'],
  ['a tag 1.10', containerWith('docker.image.tag: 1.10'), 'text-ambiguous'],
  ['no services', 'name: x', 'services-missing'],
  ['services as a map', 'services: {type: x}', 'services-missing'],
  ['a service without type', 'services:\n- name: x', 'type-missing'],
  ['a service that is text', 'services:\n- docker:nginx', 'value-kind'],
  ['a typing error', 'nmae: x\nservices: []', 'key-unknown'],
  ['a typing error in a service', service('loction: east'), 'key-unknown'],
  ['an unknown type', 'services:\n- type: Nothing', 'unknown-type'],
  ['two locations', 'locations: [a, b]\nservices:\n- type: docker:a', 'location-conflict'],
  ['both location and locations', 'location: a\nlocations: [a]\nservices: []', 'location-conflict'],
  ['a host that is an option', 'location: {byon: {hosts: ["-oProxyCommand=x"]}}\nservices: []', 'location-invalid'],
  ['a location that nobody knows', 'location: jcloud:aws-ec2\nservices: []', 'location-invalid'],
  ['a cloud of somebody else', 'location: jclouds:aws-ec2\nservices: []', 'location-unsupported'],
  ['an id with spaces', service('id: a b'), 'id-invalid'],
  ['an id of 300 letters', service(`id: ${'a'.repeat(300)}`), 'id-invalid'],
  ['an id that climbs', service('id: a..b'), 'id-invalid'],
  ['an id that is an option', service('id: --privileged'), 'id-invalid'],
  ['an id in emoji', service('id: 🚀'), 'id-invalid'],
  ['an id twice', 'services:\n- {type: "docker:a", id: x}\n- {type: "docker:a", id: x}', 'id-duplicate'],
  ['a name that changes direction', service('name: "a\u202eb"'), 'name-invalid'],
  ['a name of 200 letters', service(`name: ${'a'.repeat(200)}`), 'name-invalid'],
  ['an image in capitals', 'services:\n- type: docker:Nginx', 'image-invalid'],
  ['an image that is a command', 'services:\n- type: "docker:$(id)"', 'image-invalid'],
  ['an image twice', service('imageName: redis'), 'image-twice'],
  ['a cluster of nothing', 'services:\n- type: cluster', 'member-spec-missing'],
  ['a million members', 'services:\n- {type: cluster, initialSize: 1000000, memberSpec: {type: "docker:a"}}', 'config-invalid'],
  ['a member and a half', 'services:\n- {type: cluster, initialSize: 1.5, memberSpec: {type: "docker:a"}}', 'config-invalid'],
  ['port 0', service('openPorts: [0]'), 'config-invalid'],
  ['ports backwards', service('openPorts: ["80-70"]'), 'config-invalid'],
  ['1,000 ports', service('openPorts: ["8000-8999"]'), 'config-invalid'],
  ['the host’s SSH port', service('directPorts: [22]'), 'config-invalid'],
  ['a host port twice', service('portBindings: {8080: 80, "08080": 81}'), 'config-invalid'],
  ['a folder of the host', service('volumes: ["/etc:/host"]'), 'config-invalid'],
  ['the Docker socket', service('volumes: ["/var/run/docker.sock:/var/run/docker.sock"]'), 'config-invalid'],
  ['a volume without a name', service('volumes: [/data]'), 'config-invalid'],
  ['a file path that climbs', service('files: {/a/../../etc/passwd: x}'), 'config-invalid'],
  ['5 parsecs', service('startTimeout: 5 parsecs'), 'config-invalid'],
  ['less than no time', service('startTimeout: -3m'), 'config-invalid'],
  ['1 kB of memory', service('memory: 1kb'), 'config-invalid'],
  ['no memory', service('memory: -1'), 'config-invalid'],
  ['no CPU', service('cpus: 0'), 'config-invalid'],
  ['a billion CPUs', service('cpus: 1000000000'), 'config-invalid'],
  ['a list in the environment', service('env: {A: [1]}'), 'config-invalid'],
  ['a variable with =', service('env: {"A=B": c}'), 'config-invalid'],
  ['a label of ours', service('labels: {io.clocker.entity: x}'), 'config-invalid'],
  ['a health check each millisecond', service('healthcheck: {test: "true", interval: 1ms}'), 'config-invalid'],
  ['a readiness of another kind', service('readiness: {kind: magic}'), 'config-invalid'],
  [
    'a component that is not there',
    service('env: {A: $brooklyn:component("missing").attributeWhenReady("host.address")}'),
    'dsl-unknown-entity',
  ],
  ['a sensor that nobody publishes', service('id: a\nenv: {A: $brooklyn:root().attributeWhenReady("nothing")}'), 'dsl-unknown-sensor'],
  ['a config key that nobody sets', service('env: {A: $brooklyn:config("nothing")}'), 'dsl-unknown-config'],
  ['an unbalanced quote', service("env: {A: '$brooklyn:component(\"db)'}"), 'dsl-syntax'],
  ['a bracket too many', service('env: {A: "$brooklyn:self())"}'), 'dsl-syntax'],
  ['a bare function', service('env: {A: $brooklyn:self}'), 'dsl-syntax'],
  ['an unknown function', service('env: {A: $brooklyn:attributeWhenRady("x")}'), 'dsl-unknown-function'],
  ['a key that is known only later', service('env: {$brooklyn:config("name"): x}'), 'dsl-unsupported'],
  ['too few arguments', service('env: {A: $brooklyn:attributeWhenReady()}'), 'dsl-arguments'],
  ['a format with too few values', service('env: {A: \'$brooklyn:formatString("%s%s", "a")\'}'), 'dsl-arguments'],
  ['a format a kilometre wide', service('env: {A: \'$brooklyn:formatString("%999999999s", "a")\'}'), 'dsl-arguments'],
  ['an exponential pattern', service('env: {A: \'$brooklyn:regexReplacement("a", "(a+)+$", "b")\'}'), 'dsl-arguments'],
  ['an expression 200 deep', containerWith(nestedDsl), 'dsl-limit'],
  ['an expression of 100 kB', containerWith(`a: '$brooklyn:literal("${'x'.repeat(100_000)}")'`), 'dsl-limit'],
  ['keys beside a function', containerWith('a: {"$brooklyn:literal": x, b: 1}'), 'dsl-siblings'],
  ['config in a circle', containerWith('a: $brooklyn:config("b")\nb: $brooklyn:config("a")'), 'config-cycle'],
  ['waiting for itself', service('id: a\nenv: {A: $brooklyn:self().attributeWhenReady("host.address")}'), 'dependency-cycle'],
];

describe('a bad blueprint', () => {
  it.each(BAD)(
    'with %s gets its finding',
    (_, text, code) => {
      const result = plan(text);
      expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    },
    HANGS_MS,
  );

  it('leaves prototypes as they are', () => {
    plan('__proto__: {polluted: 1}\nservices:\n- type: docker:a\n  env: {__proto__: {polluted: 1}}');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('is told where it is too deep', () => {
    expect(plan('['.repeat(3000)).diagnostics[0]).toMatchObject({
      message: 'Nested deeper than 64 at line 1, column 65.',
      line: 1,
      column: 65,
    });
  });

  it('gets a caret inside a wrong expression', () => {
    const [finding] = plan(service('env:\n  A: $brooklyn:component("db" "x")')).diagnostics;
    expect(finding).toMatchObject({ code: 'dsl-syntax', line: 4, column: 33 });
    expect(finding?.message).toContain('component("db" ▲"x")');
  });

  it('with a byte order mark or Windows line ends is none', () => {
    expect(plan('\ufeffservices:\r\n- type: docker:nginx\r\n').ok).toBe(true);
  });
});

describe('a large blueprint', () => {
  const each = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const wait = (id: string, sensor: string) => `'$brooklyn:component("${id}").attributeWhenReady("${sensor}")'`;

  it.each([
    [
      'whose services wait in a long chain',
      `services:\n${each(3000, (n) => `- {type: "docker:a", id: s${n}, env: {A: ${wait(`s${n + 1}`, 'host.address')}}}`)}\n- {type: "docker:a", id: s3000}`,
    ],
    [
      'whose services all wait for the application',
      `services:\n${each(3000, () => '- {type: "docker:a", env: {A: \'$brooklyn:root().attributeWhenReady("service.isUp")\'}}')}`,
    ],
    ['with thousands of typing errors', `services:\n- type: docker:a\n${each(9000, (n) => `  opnePorts${n}: x`)}`],
    ['with thousands of ambiguous words', `services:\n- type: docker:a\n  env:\n${each(9000, (n) => `    K${n}: no`)}`],
  ])(
    '%s is read',
    (_, text) => {
      expect(plan(text).diagnostics.length).toBeLessThanOrEqual(201);
    },
    HANGS_MS,
  );
});
