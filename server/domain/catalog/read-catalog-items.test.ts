import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFindings } from '../blueprint/findings.ts';
import { readYaml } from '../blueprint/read-yaml.ts';
import { readCatalogItems } from './read-catalog-items.ts';

function read(text: string) {
  const findings = createFindings({ text });
  const source = readYaml(text, findings);
  const items = source?.kind === 'map' ? readCatalogItems(source, text, findings) : [];
  return {
    items: items.map(({ item }) => item),
    findings: findings.list().map(({ code, line, column }) => `${code} ${line}:${column}`),
  };
}

describe('readCatalogItems', () => {
  it('reads one item, and keeps its text with its comments', () => {
    const text = `brooklyn.catalog:
  id: web
  version: 1.2.0
  itemType: entity
  name: Web server
  item:
    # what it is
    type: docker:nginx
    brooklyn.config:
      docker.container.openPorts: # published
      - 80
`;
    expect(read(text)).toEqual({
      items: [
        {
          symbolicName: 'web',
          version: '1.2.0',
          itemType: 'entity',
          name: 'Web server',
          description: null,
          iconUrl: null,
          tags: [],
          deprecated: false,
          disabled: false,
          bundle: { symbolicName: 'web', version: '1.2.0' },
          text: 'type: docker:nginx\nbrooklyn.config:\n  docker.container.openPorts: # published\n  - 80\n',
        },
      ],
      findings: [],
    });
  });

  it('takes services that stand in an item without “item:” for what it is', () => {
    const text = 'brooklyn.catalog:\n  items:\n  - id: registry\n    name: Registry\n    services:\n    - type: docker:registry:2\n';
    expect(read(text)).toMatchObject({
      items: [{ symbolicName: 'registry', itemType: 'application', text: 'services:\n- type: docker:registry:2\n' }],
      findings: [],
    });
  });

  it('hands down what the catalog says to items at every level', () => {
    const text = `brooklyn.catalog:
  bundle: shop
  version: 2.0-SNAPSHOT
  iconUrl: http://example.org/a.png
  tags: [shop]
  items:
  - id: a
    item: {type: docker:redis}
  - itemType: template
    version: 3
    tags: [app]
    deprecated: true
    items:
    - id: b
      item:
        services:
        - type: a
    - id: c
      version: 4.1
      description: third
      itemType: policy
      item: {type: x}
`;
    const { items, findings } = read(text);
    expect(findings).toEqual([]);
    expect(
      items.map(({ symbolicName, version, itemType, tags, deprecated, iconUrl, description }) => ({
        symbolicName,
        version,
        itemType,
        tags,
        deprecated,
        iconUrl,
        description,
      })),
    ).toEqual([
      {
        symbolicName: 'a',
        version: '2.0-SNAPSHOT',
        itemType: 'entity',
        tags: ['shop'],
        deprecated: false,
        iconUrl: 'http://example.org/a.png',
        description: null,
      },
      {
        symbolicName: 'b',
        version: '3',
        itemType: 'template',
        tags: ['shop', 'app'],
        deprecated: true,
        iconUrl: 'http://example.org/a.png',
        description: null,
      },
      {
        symbolicName: 'c',
        version: '4.1',
        itemType: 'policy',
        tags: ['shop', 'app'],
        deprecated: true,
        iconUrl: 'http://example.org/a.png',
        description: 'third',
      },
    ]);
    expect(items.map(({ bundle }) => bundle.symbolicName)).toEqual(['shop', 'shop', 'shop']);
    expect(items[0]?.text).toBe('{type: docker:redis}\n');
  });

  it('takes the services beside the catalog of an old file for its item', () => {
    const { items } = read('brooklyn.catalog:\n  id: old\nname: Old\nservices:\n- type: docker:redis\n');
    expect(items).toMatchObject([
      { symbolicName: 'old', version: '0.0.0-SNAPSHOT', itemType: 'application', text: 'name: Old\nservices:\n- type: docker:redis\n' },
    ]);
  });

  it('writes an item anew that needs an anchor from outside', () => {
    const text = 'brooklyn.catalog:\n  items:\n  - id: a\n    item: &it\n      type: docker:redis\n  - id: b\n    item: *it\n';
    expect(read(text).items.map((item) => item.text)).toEqual(['type: docker:redis\n', 'type: docker:redis\n']);
  });

  it.each([
    ['no item', 'brooklyn.catalog:\n  id: a\n', ['catalog-item-missing 1:1']],
    ['an empty item', 'brooklyn.catalog:\n  id: a\n  item:\n', ['catalog-item-missing 1:1']],
    ['no id', 'brooklyn.catalog:\n  item: {type: x}\n', ['catalog-id-missing 1:1']],
    ['an id with a blank', 'brooklyn.catalog:\n  id: a b\n  item: {type: x}\n', ['catalog-id-invalid 2:7']],
    ['no version', 'brooklyn.catalog:\n  id: a\n  version: latest\n  item: {type: x}\n', ['catalog-version-invalid 3:12']],
    ['a wrong kind', 'brooklyn.catalog:\n  id: a\n  itemType: widget\n  item: {type: x}\n', ['config-invalid 3:13']],
    [
      'an item twice',
      'brooklyn.catalog:\n  items:\n  - {id: a, item: {type: x}}\n  - {id: a, item: {type: z}}\n',
      ['catalog-item-twice 4:10'],
    ],
    ['libraries', 'brooklyn.catalog:\n  id: a\n  brooklyn.libraries: [x]\n  item: {type: x}\n', ['catalog-key-unsupported 3:3']],
    ['items elsewhere', 'brooklyn.catalog:\n  items: classpath://x.bom\n', ['catalog-key-unsupported 2:10']],
    ['an item that is a text', 'brooklyn.catalog:\n  items:\n  - http://x\n', ['catalog-key-unsupported 3:5']],
    ['no map', 'brooklyn.catalog: [a]\n', ['value-kind 1:19']],
  ])('says where there is %s', (_, text, expected) => {
    expect(read(text).findings).toEqual(expected);
  });

  const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus');
  const files = existsSync(corpus) ? globSync('**/*.{bom,yaml}', { cwd: corpus }) : [];
  const catalogs = files.filter((file) => readFileSync(path.join(corpus, file), 'utf8').includes('brooklyn.catalog:'));

  it.skipIf(catalogs.length === 0)('reads an item or says why not from every real catalog', () => {
    for (const file of catalogs) {
      const { items, findings } = read(readFileSync(path.join(corpus, file), 'utf8'));
      expect(items.length + findings.length, file).toBeGreaterThan(0);
    }
  });
});
