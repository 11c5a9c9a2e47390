import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import { readTosca, servicesOf, withNodes } from '../../../testing/read-tosca.ts';
import { loadPlugins } from '../../registry.ts';

const document = await readFile(new URL('../../../../docs/design/tosca.md', import.meta.url), 'utf8');
const corpus = path.resolve(import.meta.dirname, '../../../../../shared/corpus');

describe('docs/design/tosca.md', () => {
  const rows = [...document.matchAll(/^\| `(tosca\.nodes\.[\w.]+)` \| `?([\w-]+)`? \|/gm)].map(([, type, becomes]) => [
    type ?? '',
    becomes ?? '',
  ]);

  it.each(rows)('says what %s becomes: %s', (type, becomes) => {
    const image = 'artifacts: { i: { file: nginx, type: tosca.artifacts.Deployment.Image.Container.Docker } }';
    const isContainer = type.includes('Container.Application');
    const services = servicesOf(readTosca(withNodes(`n:\n  type: ${type}\n${isContainer ? `  ${image}\n` : ''}`)));
    expect(services.n?.type ?? 'nothing').toBe(becomes);
  });

  it('has all of TOSCA’s own node types that templates name, and at most 80 lines', () => {
    expect(rows).toHaveLength(15);
    expect(document.split('\n').length).toBeLessThanOrEqual(80);
  });
});

describe.skipIf(!existsSync(corpus))('templates of brooklyn-tosca (skipped where ../shared/corpus is not there)', async () => {
  const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
  const root = path.join(corpus, 'brooklyn-tosca');
  const names = existsSync(root) ? (await readdir(root, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).sort() : [];
  const texts = new Map(await Promise.all(names.map(async (name) => [name, await readFile(path.join(root, name), 'utf8')] as const)));

  it('are all there', () => expect(names.length).toBeGreaterThanOrEqual(25));

  it.each(names)('%s plans, or says what to do', (name) => {
    const result = planApplication({ text: texts.get(name) ?? '' }, library);
    const planned = result.ok || (result.partial?.root.children.length ?? 0) > 0;
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    expect(planned || errors.length > 0).toBe(true);
    for (const { line, column, message } of errors) expect([line > 0, column > 0, message !== '']).toEqual([true, true, true]);
  });

  it('give what docs/design/tosca.md lists', () => {
    const results = Map.groupBy(names, (name) => toResult(texts.get(name) ?? ''));
    const rows = [...results].map(([result, found]) => `| ${result} | ${found.map(shortName).join(', ')} |`);
    expect(document.slice(document.indexOf('| entities |')).trim().split('\n')).toEqual([
      '| entities | errors | templates |',
      '|---|---|---|',
      ...rows.sort(),
    ]);
  });
});

/** By the importer alone: which types there are in CAMP is another matter. */
function toResult(text: string): string {
  const reading = readTosca(text);
  const types = Object.values(servicesOf(reading)).map(({ type }) => String(type).replace(/^.*\./, ''));
  const codes = reading.findings.filter((finding) => finding.startsWith('error')).map((finding) => finding.split(' ')[1] ?? '');
  return `${counted(types)} | ${counted(codes)}`;
}

function counted(words: readonly string[]): string {
  const groups = [...Map.groupBy(words, (word) => word)].map(([word, all]) => (all.length > 1 ? `${all.length} ${word}` : word));
  return groups.join(', ') || 'none';
}

/** Below the folder of templates, without what they all end in. */
function shortName(name: string): string {
  return name.replace(/^.*\/(?=[^/]*$|extra\/|tomcat-node\/|projects\/)/, '').replace(/(?:\.tosca)?\.ya?ml$/, '');
}
