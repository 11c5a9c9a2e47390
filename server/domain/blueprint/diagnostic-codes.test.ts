import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../shared/clocker-error.ts';
import { CAMP_CODES } from './codes/camp-codes.ts';
import { CATALOG_CODES } from './codes/catalog-codes.ts';
import { COMPOSE_CODES } from './codes/compose-codes.ts';
import { DSL_CODES } from './codes/dsl-codes.ts';
import { TOSCA_CODES } from './codes/tosca-codes.ts';
import { TYPE_CODES } from './codes/type-codes.ts';
import { YAML_CODES } from './codes/yaml-codes.ts';
import { DIAGNOSTICS } from './diagnostic-codes.ts';
import { withDiagnosticTable } from './diagnostic-table.ts';

const document = await readFile(new URL('../../../docs/diagnostics.md', import.meta.url), 'utf8');

it('docs/diagnostics.md lists every finding as the code says it (npm run docs writes it)', () => {
  expect(document).toBe(withDiagnosticTable(document));
  expect(document).toContain('| `unknown-type` | error |');
});

it('gives each code to one area', () => {
  const areas = [CAMP_CODES, CATALOG_CODES, COMPOSE_CODES, DSL_CODES, TOSCA_CODES, TYPE_CODES, YAML_CODES].flatMap((codes) =>
    Object.keys(codes),
  );
  expect(areas).toHaveLength(Object.keys(DIAGNOSTICS).length);
});

it('docs/diagnostics.md lists every error code, and no other', () => {
  const rows = [...document.matchAll(/^\| `([\w.-]+)` \| [^|]+ \|$/gm)].map(([, code]) => code);
  expect(rows).toEqual([...ERROR_CODES]);
});
