import { beforeEach, describe, expect, it } from 'vitest';
import { type EngineFixture, openEngineFixture } from '../../../testing/engine-fixture.ts';
import { watchCatalogItems } from '../../queries/catalog-items.ts';
import { addToCatalog } from './add-to-catalog.ts';
import { changeCatalogItem, removeFromCatalog } from './change-catalog-item.ts';

const file = (image: string, version = '1.0') => `brooklyn.catalog:
  version: ${version}
  items:
  - id: cache
    item: { type: "docker:${image}" }
  - id: store
    item: { type: "docker:mariadb" }
`;

let fixture: EngineFixture;
beforeEach(async () => {
  fixture = await openEngineFixture({ hosts: 1 });
});
const add = (text: string) => addToCatalog(fixture.engine.context, { text, by: 'ann' });

describe('the catalog', () => {
  it('takes all items of a file', async () => {
    expect((await add(file('redis'))).map(({ id, addedBy }) => [id, addedBy])).toEqual([
      ['cache:1.0', 'ann'],
      ['store:1.0', 'ann'],
    ]);
    expect(fixture.store.view.all('catalogItem').size).toBe(2);
  });

  it('takes none of a file that has an error, and says where it is', async () => {
    await expect(
      add('brooklyn.catalog:\n  items:\n  - id: a\n    item: {type: application}\n  - item: {type: application}\n'),
    ).rejects.toMatchObject({
      code: 'blueprint.invalid',
      message: 'Line 5, column 5: This item has no id.',
    });
    expect(fixture.store.view.all('catalogItem').size).toBe(0);
  });

  it('takes the same version again only when it is the same, or a snapshot', async () => {
    await add(file('redis'));
    await add(file('redis'));
    await expect(add(file('redis:7'))).rejects.toMatchObject({ code: 'conflict' });
    await expect(add(file('redis:7', '1.0.0'))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('cache:1.0 is'),
    });
    await add(file('redis', '2.0-SNAPSHOT'));
    await add(file('redis:7', '2.0-SNAPSHOT'));
    expect(fixture.store.view.get('catalogItem', 'cache:2.0-SNAPSHOT')?.text).toContain('redis:7');
  });

  it('deprecates, disables and removes', async () => {
    const { context } = fixture.engine;
    await add(file('redis'));
    expect(await changeCatalogItem(context, { id: 'cache:1.0', deprecated: true })).toMatchObject({ deprecated: true, disabled: false });
    expect(await changeCatalogItem(context, { id: 'cache:1.0', disabled: true })).toMatchObject({ deprecated: true, disabled: true });
    await removeFromCatalog(context, 'cache:1.0');
    await expect(removeFromCatalog(context, 'cache:1.0')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is the same list until it changes', async () => {
    const items = watchCatalogItems(fixture.store);
    const before = items();
    expect(items()).toBe(before);
    await add(file('redis'));
    expect(items().map((item) => item.symbolicName)).toEqual(['cache', 'store']);
  });
});
