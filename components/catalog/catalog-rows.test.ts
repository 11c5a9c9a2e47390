import { describe, expect, it } from 'vitest';
import type { ShippedType } from '@/server/api/catalog/types.ts';
import type { CatalogRecord } from '@/server/domain/shared/records.ts';
import { catalogRows, usageOf } from './catalog-rows.ts';

const aType = (id: string, more: Partial<ShippedType> = {}): ShippedType => ({
  id,
  kind: 'entity',
  title: id,
  description: '',
  aliases: [],
  planned: false,
  ...more,
});
const anItem = (symbolicName: string, version: string, more: Partial<CatalogRecord> = {}): CatalogRecord => ({
  id: `${symbolicName}:${version}`,
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
  text: '',
  addedAt: 0,
  addedBy: 'ann',
  ...more,
});
const shipped = [
  aType('haproxy', { aliases: ['brooklyn.entity.proxy.haproxy.HAProxyController'] }),
  aType('auto-scaler', { kind: 'policy', planned: true }),
];
const added = [
  anItem('web', '1.9', { deprecated: true }),
  anItem('web', '1.10'),
  anItem('shop', '1', { itemType: 'template', tags: ['sale'] }),
];
const names = (filter: { text?: string; kind?: string }) =>
  catalogRows(shipped, added, { text: '', kind: '', ...filter }).map(({ name, version, state }) =>
    [name, version, state].filter(Boolean).join(' '),
  );

describe('catalogRows', () => {
  it('lists what was added first, the newest version of each first', () => {
    expect(names({})).toEqual(['shop 1 usable', 'web 1.10 usable', 'web 1.9 deprecated', 'haproxy usable', 'auto-scaler planned']);
  });

  it('finds by words in names, old names, tags and states', () => {
    expect(names({ text: 'haproxycontroller' })).toEqual(['haproxy usable']);
    expect(names({ text: 'sale' })).toEqual(['shop 1 usable']);
    expect(names({ text: 'web deprecated' })).toEqual(['web 1.9 deprecated']);
  });

  it('narrows to a kind; a template is an application', () => {
    expect(names({ kind: 'policy' })).toEqual(['auto-scaler planned']);
    expect(names({ kind: 'application' })).toEqual(['shop 1 usable']);
  });
});

describe('usageOf', () => {
  it('writes what a blueprint would', () => {
    expect(usageOf({ kind: 'entity', name: 'web', version: '1.10' })).toBe('services:\n- type: web:1.10\n');
    expect(usageOf({ kind: 'policy', name: 'auto-scaler', version: null })).toBe('brooklyn.policies:\n- type: auto-scaler\n');
  });
});
