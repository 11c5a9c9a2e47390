import { describe, expect, it } from 'vitest';
import { createFindings } from './findings.ts';
import { readYaml } from './read-yaml.ts';
import { nodeAt, textOf } from './source-node.ts';

function read(text: string) {
  const findings = createFindings({ text });
  const node = readYaml(text, findings);
  return { node, diagnostics: findings.list(), clean: findings.clean };
}

/** The text after the fix of its only finding. */
function fixed(text: string): string {
  const [finding] = read(text).diagnostics;
  const offset = (line = 1, column = 1) =>
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length +
    (line > 1 ? 1 : 0) +
    column -
    1;
  const { line, column, endLine, endColumn, fix } = finding ?? {};
  return text.slice(0, offset(line, column)) + (fix?.text ?? '?') + text.slice(offset(endLine, endColumn));
}

const CLOUD =
  'services:\n- type: x\n  brooklyn.config:\n    docker.tls.certificate: conf/server-cert.pem\n    docker.tls.certificate: conf/server-key.pem\n    sdn.enable: true\n';

describe('a key that occurs twice', () => {
  it('in the config of a service: the last counts, and the warning says what is dropped', () => {
    const { node, diagnostics, clean } = read(CLOUD);
    expect(textOf(node ? nodeAt(node, ['services', 0, 'brooklyn.config', 'docker.tls.certificate']) : undefined)).toBe(
      'conf/server-key.pem',
    );
    expect(clean).toBe(true);
    expect(diagnostics).toMatchObject([{ code: 'key-repeated', severity: 'warning', line: 4, column: 5 }]);
    expect(diagnostics[0]?.message).toContain('“conf/server-cert.pem” is dropped');
  });

  it('in config is mended by removing what is dropped', () => {
    expect(fixed(CLOUD)).toBe(CLOUD.replace('    docker.tls.certificate: conf/server-cert.pem\n', ''));
    expect(fixed('brooklyn.config: {a: 1, a: 2}')).toBe('brooklyn.config: {a: 2}');
  });

  it('offers no removal of a value with an anchor that is named later', () => {
    const [finding] = read('brooklyn.config:\n  a: &x 1\n  a: 2\n  b: *x\n').diagnostics;
    expect(finding?.code).toBe('key-repeated');
    expect(finding?.fix).toBeUndefined();
  });

  it.each([
    ['the plan', 'services: []\nservices: []'],
    ['a service', 'services:\n- type: a\n  type: b'],
    ['a service, as its config', 'services:\n- type: a\n  brooklyn.config: {a: 1}\n  brooklyn.config: {b: 1}'],
    ['a member inside config', 'brooklyn.config: {spec: {$brooklyn:entitySpec: {id: a, id: b}}}'],
    ['the type of an object inside config', 'brooklyn.config: {strategies: [{$brooklyn:object: {type: a, type: b}}]}'],
    ['a Compose service', 'services:\n  web: {image: a, image: b}'],
  ])('in %s is an error', (_, text) => {
    const { diagnostics, clean } = read(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['key-duplicate']);
    expect(clean).toBe(false);
  });

  it('in the config of a member or an object that stands in config counts as in any config', () => {
    const { diagnostics } = read('brooklyn.config: {spec: {$brooklyn:entitySpec: {type: a, brooklyn.config: {b: 1, b: 2}}}}');
    expect(diagnostics.map(({ code }) => code)).toEqual(['key-repeated']);
  });
});

describe('what is no YAML', () => {
  it.each([
    ['dots for what was left out', 'a:\n  b: 1\n  ...\n  c: 2\n', 'left out'],
    ['a bare star', 'a: *\n', 'in quotes'],
    ['a template', '[#ftl]\na: 1\n', 'FreeMarker'],
    ['a value with more below it', 'a:\n  b\n  c: 1\n', 'on the line before'],
  ])('is told with what is probably meant: %s', (_, text, hint) => {
    const [finding] = read(text).diagnostics;
    expect(finding).toMatchObject({ code: 'yaml-syntax', hint: expect.stringContaining(hint) });
  });
});

const TAGGED = 'a: !override 8080\nb: !reset null\nc: !override [x]\nd: !override "8080"\ne: !override yes\n';

describe('a tag', () => {
  it('keeps the tags that it is told of, and what was written behind them', () => {
    const source = readYaml(TAGGED, createFindings({ text: TAGGED }), ['!reset', '!override']);
    expect(source && nodeAt(source, ['a'])).toMatchObject({ tag: '!override', value: 8080, range: { start: 13, end: 17 } });
    expect(source && nodeAt(source, ['b'])).toMatchObject({ tag: '!reset', value: null });
    expect(source && nodeAt(source, ['c'])).toMatchObject({ tag: '!override', kind: 'list' });
    expect(source && nodeAt(source, ['d'])).toMatchObject({ tag: '!override', value: '8080' });
  });

  it('refuses every other tag', () => {
    const findings = createFindings({ text: TAGGED });
    expect(readYaml(TAGGED, findings, ['!override'])).toBeNull();
    expect(findings.list()).toMatchObject([{ code: 'yaml-tag', line: 2 }]);
  });
});
