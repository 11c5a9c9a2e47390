import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();

const service = (lines: string) => `services:\n- type: docker:nginx\n${lines.replace(/^/gm, '  ')}\n`;
/** Bounds a hang, not speed: that is measured by the bench. */
const HANGS_MS = 60_000;

describe('a bad blueprint', () => {
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

describe('a blueprint with more findings than are shown', () => {
  it('shows its error behind hundreds of warnings', () => {
    const words = Array.from({ length: 300 }, (_, index) => `    K${index}: no`).join('\n');
    const { diagnostics } = plan(`services:\n- type: docker:nginx\n  env:\n${words}\n- type: docker:Nginx\n`);
    expect(diagnostics.map(({ code }) => code)).toContain('image-invalid');
    expect(diagnostics).toHaveLength(201);
    expect(diagnostics.at(-1)?.message).toBe('102 more findings are not shown.');
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
    ['with thousands of keys on one line', `services:\n- type: docker:a\n  env: ${'a: '.repeat(9000)}`],
    ['with thousands of ambiguous words', `services:\n- type: docker:a\n  env:\n${each(9000, (n) => `    K${n}: no`)}`],
  ])(
    '%s is read',
    (_, text) => {
      expect(plan(text).diagnostics.length).toBeLessThanOrEqual(201);
    },
    HANGS_MS,
  );
});
