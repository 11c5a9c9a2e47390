import { expect, it } from 'vitest';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { maskSpec } from './record-views.ts';

const spec = (parts: Partial<EntitySpec>): EntitySpec => ({
  ...{ type: 'docker-container', name: 'a', planId: null, path: 'a', location: null, config: {}, children: [], memberSpec: null },
  ...parts,
});
const withSecret = spec({ config: { 'db.password': 'hunter2', mode: 'fast' } });

it('hides secrets wherever a spec holds config', () => {
  const adjunct = { type: 'x', config: { apiToken: 'hunter2' } };
  const places: readonly Partial<EntitySpec>[] = [
    { config: { 'db.password': 'hunter2' } },
    { config: { spec: { $spec: withSecret } } },
    { children: [withSecret] },
    { memberSpec: withSecret },
    { firstMemberSpec: withSecret },
    { policies: [adjunct] },
    { enrichers: [adjunct] },
    { initializers: [adjunct] },
    { locations: [{ kind: 'byon', target: '', options: { password: 'hunter2' } }] },
    { parameters: [{ name: 'db.password', type: 'string', defaultValue: 'hunter2' }] },
    { tags: [{ token: 'hunter2' }] },
  ];
  for (const place of places) {
    const shown = JSON.stringify(maskSpec(spec(place), new Set()));
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('***');
  }
});

it('gives back a spec that holds none as it is', () => {
  const plain = spec({ children: [spec({ config: { mode: 'fast' } })] });
  expect(maskSpec(plain, new Set())).toBe(plain);
});
