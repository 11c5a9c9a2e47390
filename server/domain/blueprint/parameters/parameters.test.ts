import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf, planOf } from '../../../testing/blueprint-types.ts';
import type { EntitySpec } from '../../entity/entity-spec.ts';

const plan = await createPlanner();
const indented = (lines: string) => lines.replace(/^(?=.)/gm, '  ');
/** A service with these parameters, and what it gives. */
const service = (parameters: string, given = '') =>
  `services:\n- type: docker:nginx\n  brooklyn.parameters:\n${indented(parameters)}\n${indented(given)}`;
const only = (text: string): EntitySpec | undefined => planOf(plan(text)).root.children[0];
const problems = (text: string) => plan(text).diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);

describe('parameters', () => {
  it('are names, or maps with all that Brooklyn knows of them', () => {
    const text = service(
      '- plain\n- name: user.port\n  label: Port\n  description: Where it listens\n  type: port\n  default: 8080+\n  pinned: false\n  reconfigurable: true\n  sensor: user.port\n  deprecatedNames: [oldPort]\n  inheritance.runtime: never\n  inheritance.type: deep_merge\n  constraints: [required]',
    );
    expect(only(text)?.parameters).toEqual([
      { name: 'plain', type: 'string' },
      {
        name: 'user.port',
        label: 'Port',
        description: 'Where it listens',
        type: 'port',
        defaultValue: '8080+',
        pinned: false,
        reconfigurable: true,
        sensor: 'user.port',
        deprecatedNames: ['oldPort'],
        inheritance: { runtime: 'never', type: 'deep_merge' },
        constraints: ['required'],
      },
    ]);
    expect(findingsOf(plan(text))).toEqual([]);
  });

  it('declare keys that may stand at the root of the service, and are no unknown config', () => {
    const text = service('- {name: workers, type: integer}', 'workers: 4\nbrooklyn.config: {}');
    expect(only(text)?.config).toMatchObject({ workers: 4 });
    expect(findingsOf(plan(text))).toEqual([]);
  });

  it('may be given by an old name, which is told with the new one', () => {
    const result = plan(service('- {name: workers, deprecatedNames: [threads]}', 'brooklyn.config: {threads: 4}'));
    expect(planOf(result).root.children[0]?.config).toMatchObject({ workers: 4 });
    expect(result.diagnostics).toMatchObject([{ code: 'key-deprecated', severity: 'warning', fix: { text: 'workers' } }]);
  });

  it.each([
    ['string', '5'],
    ['integer', '"8080"'],
    ['long', '"9223372036854775807"'],
    ['float', '1.5'],
    ['double', '1e300'],
    ['boolean', '"true"'],
    ['timestamp', '2026-11-25T10:00:00Z'],
    ['duration', '1h 30m'],
    ['port', '8000-9000'],
    ['java.lang.Integer', '5'],
    ['java.util.List', '[1]'],
    ['map<string,string>', '{a: b}'],
    ['org.apache.brooklyn.util.time.Duration', '5m'],
    ['com.example.Thing', '{any: [thing]}'],
  ])('of the type %s take %s', (type, value) => {
    const found = problems(service(`- {name: p, type: "${type}"}`, `brooklyn.config:\n  p: ${value}`));
    expect(found.filter((problem) => !problem.includes('text-ambiguous'))).toEqual([]);
  });

  it.each([
    ['integer', 'many', 'needs a whole number, not “many”'],
    ['integer', '99999999999', 'needs a whole number from -2147483648 to 2147483647, not “99999999999”'],
    ['integer', '1.5', 'needs a whole number, not “1.5”'],
    ['long', '"9223372036854775808"', 'to 9223372036854775807'],
    ['double', 'x', 'needs a number'],
    ['boolean', '5', 'needs true or false'],
    ['timestamp', 'tomorrow', 'needs a date'],
    ['duration', '5 parsecs', 'needs a time'],
    ['duration', '-3m', 'needs a time'],
    ['port', '70000', '70000 is beyond'],
    ['port', '80-70', 'counts down'],
    ['list', '{a: 1}', 'needs a list'],
    ['map', '[a]', 'needs a map'],
  ])('of the type %s refuse %s where it stands', (type, value, message) => {
    const [found, ...more] = problems(service(`- {name: p, type: ${type}}`, `brooklyn.config:\n  p: ${value}`));
    expect(found).toMatch(/^6:8 config-invalid “p” /);
    expect(found).toContain(message);
    expect(more).toEqual([]);
  });

  it('leave to later what an expression gives', () => {
    const text = service(
      '- {name: p, type: integer, constraints: [required, {regex: "[0-9]+"}]}',
      'brooklyn.config: {p: $brooklyn:config("q"), q: 1}',
    );
    expect(findingsOf(plan(text))).toEqual(['warning config-unknown 5:47']);
  });

  it.each([
    ['required', '', 'The parameter “p” is required.'],
    ['required', 'p: ""', '“p” is required.'],
    ['{regex: "[a-z]+"}', 'p: ab1', '“p” does not match the pattern [a-z]+, not “ab1”.'],
    ['regex("[a-z]+")', 'p: ab1', '“p” does not match the pattern [a-z]+'],
    ['{regex: "(?:[0-9]{1,3}\\\\.){3}[0-9]{1,3}"}', 'p: 10.0.0', '“p” does not match the pattern'],
    ['{glob: "*.example.{org,com}"}', 'p: www.example.net', '“p” does not match the form *.example.{org,com}'],
    ['{requiredIf: q}', 'q: 1', 'The parameter “p” is required where “q” is given.'],
    ['requiredUnless("q")', '', 'The parameter “p” is required where “q” is not given.'],
    ['{requiredUnlessAnyOf: [q, r]}', '', 'The parameter “p” is required where “q” or “r” is not given.'],
    ['{forbiddenIf: q}', 'p: 1\nq: 1', '“p” cannot be given together with “q”, not “1”.'],
    ['{forbiddenUnless: q}', 'p: 1', '“p” can only be given together with “q”'],
    ['{any: [{regex: "a+"}, {regex: "b+"}]}', 'p: c', 'a+, or does not match the pattern b+'],
    ['[required, {regex: "a+"}]', 'p: b', 'does not match the pattern a+'],
    ['{not: [{regex: "a+"}]}', 'p: a', 'is what it must not be'],
    ['Predicates.notNull()', '', 'The parameter “p” is required.'],
  ])('with the constraint %s are checked: %j', (constraint, given, message) => {
    const text = service(
      `- {name: p, constraints: [${constraint.startsWith('{') || constraint.startsWith('[') ? constraint : `'${constraint}'`}]}\n- q\n- r`,
      given,
    );
    expect(problems(text).join()).toContain(message);
  });

  it.each([
    ['required', 'p: x'],
    ['{regex: "[a-z]+"}', 'p: abc'],
    ['{regex: "(?i)[a-z]+"}', 'p: ABC'],
    ['{regex: "[a-z]+"}', ''],
    ['{glob: "*.example.{org,com}"}', 'p: www.example.com'],
    ['{requiredIf: q}', ''],
    ['{requiredUnless: q}', 'q: 1'],
    ['{forbiddenIf: q}', 'q: 1'],
    ['{forbiddenUnless: q}', 'p: 1\nq: 1'],
    ['urlExists', 'p: http://example.org'],
    ['{any: [{regex: "a+"}, {regex: "b+"}]}', 'p: bb'],
  ])('that meet the constraint %s are good: %j', (constraint, given) => {
    expect(problems(service(`- {name: p, constraints: [${constraint}]}\n- q`, given))).toEqual([]);
  });

  it('tell all that is missing at once', () => {
    const text = service('- {name: a, constraints: [required]}\n- {name: b, constraints: [required]}');
    expect(problems(text).map((problem) => problem.slice(0, 45))).toEqual([
      '2:9 config-invalid The parameter “a” is requi',
      '2:9 config-invalid The parameter “b” is requi',
    ]);
  });

  it('have constraints that are not checked told as such', () => {
    const slow = problems(service('- {name: p, constraints: [{regex: "^([a-z]+)+$"}]}', 'p: a'));
    expect(slow).toEqual([expect.stringMatching(/^4:29 constraint-unchecked This constraint is not checked: a repeated group/)]);
    const object =
      '- name: p\n  constraints:\n  - $brooklyn:object:\n      type: org.apache.brooklyn.util.text.StringPredicates\n      factoryMethod.name: startsWith';
    expect(problems(service(object))).toEqual([expect.stringContaining('constraint-unchecked')]);
  });

  it.each([
    ['no name', '- {type: string}', '4:5', 'needs a name'],
    ['a list', '- [a]', '4:5', 'needs a name'],
    ['a name twice', '- a\n- a', '5:5', 'declared twice'],
    ['a type that is none', '- {name: p, type: intger}', '4:21', 'There is no type “intger” of parameters'],
    ['an inheritance that is none', '- {name: p, inheritance.runtime: sometimes}', '4:36', 'There is no inheritance “sometimes”'],
    ['a flag that is none', '- {name: p, pinned: maybe}', '4:23', '“pinned” needs true or false'],
    ['a constraint that is none', '- {name: p, constraints: [requried]}', '4:29', 'there is no constraint “requried”'],
    ['a pattern that is none', '- {name: p, constraints: [{regex: "[a"}]}', '4:29', 'the pattern cannot be read'],
    ['a constraint of two keys', '- {name: p, constraints: [{regex: a, glob: b}]}', '4:29', 'has one key'],
    ['constraints too deep', `- {name: p, constraints: ${'['.repeat(20)}required${']'.repeat(20)}}`, '4:29', 'nested deeper than 8'],
    ['a default of another type', '- {name: p, type: integer, default: x}', '4:39', 'The default of “p” needs a whole number, not “x”'],
    [
      'a default against its own constraint',
      '- {name: p, constraints: [{regex: "a+"}], default: b}',
      '4:54',
      'The default of “p” does not match the pattern a+',
    ],
  ])('with %s are refused where they stand', (_, parameters, at, message) => {
    const found = problems(service(parameters)).filter((problem) => problem.includes('parameter-invalid'));
    expect(found).toEqual([expect.stringMatching(new RegExp(`^${at} `))]);
    expect(found[0]).toContain(message);
  });

  it('offer the nearest key, type and constraint', () => {
    const hints = plan(service('- {name: p, type: intger, constraint: required, constraints: [requried]}')).diagnostics.map(
      ({ hint }) => hint,
    );
    expect(hints).toEqual(['Did you mean “integer”?', 'Did you mean “constraints”?', 'Did you mean “required”?']);
  });
});

describe('config from above', () => {
  const app = (config: string, services: string) => `brooklyn.config: {${config}}\nservices:\n${services}`;

  it('counts for what the type declares: it is checked where it stands, once', () => {
    const two = '- {type: "docker:nginx"}\n- {type: "docker:nginx"}';
    expect(problems(app('docker.memory: lots', two))).toEqual([expect.stringMatching(/^1:34 config-invalid/)]);
    expect(problems(app('docker.image.name: nginx', '- {type: docker-container}'))).toEqual([]);
  });

  it('comes after the entity’s own, and before the default of a parameter', () => {
    const parameter = '  brooklyn.parameters: [{name: p, type: integer, default: 1}]';
    expect(problems(app('p: many', `- type: docker:nginx\n  p: 5\n${parameter}`))).toEqual([]);
    expect(problems(app('p: many', `- type: docker:nginx\n${parameter}`))).toEqual([
      expect.stringMatching(/^1:22 config-invalid “p” needs a whole/),
    ]);
  });

  it('meets what is required', () => {
    const parameter = '  brooklyn.parameters: [{name: p, constraints: [required]}]';
    expect(problems(app('p: 1', `- type: docker:nginx\n${parameter}`))).toEqual([]);
    expect(problems(app('q: 1', `- type: docker:nginx\n${parameter}`))).toHaveLength(1);
  });
});
