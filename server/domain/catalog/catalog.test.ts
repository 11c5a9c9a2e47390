import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogItem } from './catalog.ts';
import { compareVersions, isCatalogVersion } from './catalog-version.ts';
import { createCatalog, splitCatalogReference } from './create-catalog.ts';

const anItem = (symbolicName: string, version: string, more: Partial<CatalogItem> = {}): CatalogItem => ({
  symbolicName,
  version,
  itemType: 'entity',
  name: symbolicName,
  description: null,
  iconUrl: null,
  tags: [],
  deprecated: false,
  disabled: false,
  bundle: { symbolicName, version },
  text: 'type: docker:redis\n',
  ...more,
});

describe('compareVersions', () => {
  it.each([
    ['1.9', '1.10'],
    ['1.2', '1.2.1'],
    ['1-M9', '1-M10'],
    ['1.0-M10', '1.0'],
    ['2-SNAPSHOT', '1.2'],
    ['2.0.0-SNAPSHOT', '1.2-M1'],
    ['1.0.0-SNAPSHOT', '2.0.0-SNAPSHOT'],
    ['1.0-beta', '1.0-rc1'],
    ['0.9.99999999999999999999', '1.0'],
    ['7.0.53', '8.0'],
    ['1.0.0.SNAPSHOT', '0.1'],
    ['1.0.0.M1', '1.0.0'],
    ['1.0.0.20150101', '1.0.0'],
    ['9.1.6.v20150101', '9.1.6.v20160112'],
    ['1.0.0.9', '1.0.0.10'],
  ])('has %s below %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it.each([
    ['1.0', '1.0.0'],
    ['1.2.0-SNAPSHOT', '1.2.0.SNAPSHOT'],
    ['1.0-RC1', '1.0-rc1'],
  ])('has %s equal to %s', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });

  it('is an order', () => {
    const version = fc.stringMatching(/^\d{1,2}(\.\d{1,2}){0,2}([-.](M\d{1,2}|rc\d|beta|SNAPSHOT))?$/);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('knows what a version is', () => {
    expect(['1', '1.2.0-SNAPSHOT', '0.7.0-incubating', '9.1.6.v20160112'].every(isCatalogVersion)).toBe(true);
    expect(['', 'latest', '1 2', '-1', `1.${'0'.repeat(120)}`].some(isCatalogVersion)).toBe(false);
  });
});

describe('createCatalog', () => {
  const catalog = createCatalog([
    anItem('web', '1.9'),
    anItem('web', '1.10'),
    anItem('web', '2.0-SNAPSHOT'),
    anItem('web', '1.11', { disabled: true }),
    anItem('old', '1', { disabled: true }),
  ]);

  it('gives the highest version that is not disabled, unless one is asked for', () => {
    expect(catalog.find('web', null)?.version).toBe('1.10');
    expect(catalog.find('web', '2.0-SNAPSHOT')?.version).toBe('2.0-SNAPSHOT');
    expect(catalog.find('web', '2.0.0.SNAPSHOT')?.version).toBe('2.0-SNAPSHOT');
    expect(catalog.find('web', '1.9.0')?.version).toBe('1.9');
    expect(catalog.find('web', '1.11')?.disabled).toBe(true);
    expect(catalog.find('old', null)?.disabled).toBe(true);
    expect(catalog.find('web', '3')).toBeUndefined();
    expect(catalog.find('none', null)).toBeUndefined();
  });

  it('lists all versions, the newest first', () => {
    expect(catalog.list().map(({ symbolicName, version }) => `${symbolicName} ${version}`)).toEqual([
      'web 1.11',
      'web 1.10',
      'web 1.9',
      'web 2.0-SNAPSHOT',
      'old 1',
    ]);
  });

  it('tells a name from a version', () => {
    expect(splitCatalogReference('web:1.2')).toEqual({ symbolicName: 'web', version: '1.2' });
    expect(splitCatalogReference('org.example.Web')).toEqual({ symbolicName: 'org.example.Web', version: null });
    expect(splitCatalogReference('docker:redis')).toEqual({ symbolicName: 'docker:redis', version: null });
  });
});
