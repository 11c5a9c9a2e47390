import { describe, expect, it } from 'vitest';
import { makeZip } from '../../testing/make-zip.ts';
import { isZip, readCsar } from './read-csar.ts';

const META = 'TOSCA-Meta-File-Version: 1.0\nCSAR-Version: 1.1\nCreated-By: somebody\n';
const TOPOLOGY = 'tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template: {}\n';

function inputOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const result = readCsar(makeZip(Object.entries(files).map(([name, content]) => ({ name, content }))));
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.input;
}

function problemOf(files: Readonly<Record<string, string>>): string {
  const result = readCsar(makeZip(Object.entries(files).map(([name, content]) => ({ name, content }))));
  return result.ok ? 'none' : result.diagnostics.map(({ code, message, hint }) => `${code}: ${message} ${hint ?? ''}`).join('\n');
}

describe('which file of an archive is the template', () => {
  it('is what TOSCA.meta names, and the others are named as it would name them', () => {
    const input = inputOf({
      'TOSCA-Metadata/TOSCA.meta': `${META}Entry-Definitions: Definitions/main.yaml\n\nName: Scripts/a.sh\nContent-Type: application/x-sh\n`,
      'Definitions/main.yaml': TOPOLOGY,
      'Definitions/types.yaml': 'types',
      'Scripts/a.sh': 'echo a',
      'logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]),
    });
    expect(input.text).toBe(TOPOLOGY);
    expect(input.file).toBe('Definitions/main.yaml');
    expect(input.files).toMatchObject({ 'types.yaml': 'types', '../Scripts/a.sh': 'echo a' });
    expect(input.binaryFiles).toEqual(['../logo.png']);
  });

  it('is the only YAML file at the root, or the only one there with a topology', () => {
    expect(inputOf({ 'main.yml': TOPOLOGY, 'scripts/a.sh': 'echo' })).toMatchObject({
      file: 'main.yml',
      files: { 'scripts/a.sh': 'echo' },
    });
    expect(inputOf({ 'types.yaml': 'node_types: {}\n', 'main.yaml': TOPOLOGY }).file).toBe('main.yaml');
  });

  it('is looked for below the one folder in which everything stands', () => {
    expect(inputOf({ 'app-1.0/main.yaml': TOPOLOGY, 'app-1.0/a.sh': 'echo' })).toMatchObject({
      file: 'main.yaml',
      files: { 'a.sh': 'echo' },
    });
  });

  it('is told to be missing, with what to do', () => {
    expect(problemOf({ 'a.yaml': TOPOLOGY, 'b.yaml': TOPOLOGY })).toContain(
      'csar-entry: The archive has 2 YAML files at its root: a.yaml, b.yaml.',
    );
    expect(problemOf({ 'README.txt': '', 'inner.zip': 'PK' })).toContain('csar-entry: The archive has no YAML file at its root.');
    expect(problemOf({ 'TOSCA-Metadata/TOSCA.meta': `${META}Entry-Definition: main.yaml\n`, 'main.yaml': TOPOLOGY })).toContain(
      'csar-entry: TOSCA-Metadata/TOSCA.meta does not say which file is the template. Did you mean “Entry-Definition”?',
    );
    expect(
      problemOf({ 'TOSCA-Metadata/TOSCA.meta': `${META}Entry-Definitions: definitions/main.yaml\n`, 'main.yaml': TOPOLOGY }),
    ).toContain('names “definitions/main.yaml” as the template, which is not in the archive');
  });

  it('does not matter when the archive cannot be read', () => {
    expect(readCsar(new TextEncoder().encode('no archive'))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'archive-unreadable', severity: 'error', line: 1, column: 1 }],
    });
  });
});

it('tells archives from texts by their first bytes', () => {
  expect(isZip(makeZip([{ name: 'a' }]))).toBe(true);
  expect(isZip(makeZip([]))).toBe(true);
  expect(isZip(new TextEncoder().encode('services:'))).toBe(false);
});
