import { describe, expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { BAD_BLUEPRINTS, BAD_CATALOGS } from '../../testing/bad-blueprints/all-rows.ts';
import { BAD_ARCHIVES } from '../../testing/bad-blueprints/archive-rows.ts';
import type { BadInput } from '../../testing/bad-blueprints/bad-input.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { Diagnostic } from './diagnostic.ts';
import { DIAGNOSTICS } from './diagnostic-codes.ts';
import { planApplication } from './plan-application.ts';
import { readCsar } from './read-csar.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
/** Characters that do something to a terminal or page, or are not seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;
/** Bounds a hang, not speed: that is measured by the bench. */
const HANGS_MS = 60_000;

const named = (inputs: readonly BadInput[]) => inputs.map((input) => [`${input.format} with ${input.name}`, input] as const);

describe('a bad blueprint', () => {
  it.each(named(BAD_BLUEPRINTS))(
    'in %s gets its finding at its place',
    (_, input) => {
      const result = planApplication({ text: input.text }, library);
      expectFinding(result.diagnostics, input);
      if (input.severity === 'error') expect(result.ok).toBe(false);
    },
    HANGS_MS,
  );

  it('leaves prototypes as they are', () => {
    for (const { text } of BAD_BLUEPRINTS.filter(({ code }) => code === 'key-reserved')) planApplication({ text }, library);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('never has its secret repeated in what is said about it', () => {
    const secrets = ['hunter2', 't0p-s3cret', 'AKIAIOSFODNN7EXAMPLE', 'b3BlbnNzaC1rZXktdjEAAAAA'];
    for (const { text } of BAD_BLUEPRINTS.filter(({ code }) => code === 'looks-like-secret')) {
      const said = JSON.stringify(planApplication({ text }, library).diagnostics);
      expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    }
  });
});

describe('a bad catalog', () => {
  it.each(named(BAD_CATALOGS))('in %s gets its finding at its place', (_, input) => {
    const result = readCatalog({ text: input.text }, library);
    expectFinding(result.diagnostics, input);
    if (input.severity === 'error') expect(result.ok).toBe(false);
  });
});

describe('a bad archive', () => {
  it.each(BAD_ARCHIVES.map((archive) => [archive.name, archive] as const))('with %s is refused whole', (_, { bytes, code }) => {
    const result = readCsar(bytes);
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code, severity: 'error', line: 1, column: 1 }] });
    expect(JSON.stringify(result)).not.toMatch(HIDDEN);
  });
});

function expectFinding(found: readonly Diagnostic[], { code, severity, line, column }: BadInput): void {
  expect(found.map((finding) => `${finding.severity} ${finding.code} ${finding.line}:${finding.column}`)).toContain(
    `${severity} ${code} ${line}:${column}`,
  );
  for (const { message, path, hint } of found) {
    expect(message).not.toMatch(/undefined|\[object|\n\s+at /);
    expect(message).not.toMatch(HIDDEN);
    expect(path.length).toBeLessThanOrEqual(1000);
    for (const [, quoted = ''] of message.matchAll(/“([^”]*)”/g)) {
      // The text around the place in an expression may hold escapes, each of which stands for one character.
      expect(quoted.replace(/\\u\{[0-9a-f]+\}/g, '.').length).toBeLessThanOrEqual(80);
    }
    if (hint !== undefined) expect(hint.length).toBeLessThanOrEqual(1000);
  }
  const own = found.find((finding) => finding.code === code);
  expect(own?.hint !== undefined || severity === 'warning' || /^The message says/.test(DIAGNOSTICS[code].remedy)).toBe(true);
}
