import { expect, it } from 'vitest';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { Plugins } from '../../ports/plugins.ts';
import { anInstance } from '../../testing/records.ts';
import { createRecordViews, maskSpec } from './record-views.ts';

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

it('tells who follows containers nothing that is in their variables, labels, commands, files and steps', () => {
  const place = { runDir: '/run', installDir: '/opt', expandedDir: 'hunter2' };
  const step = { name: 'launch', command: 'hunter2' };
  const process = { place, install: [], customize: [step], launch: [step], env: { A: 'hunter2' }, check: 'hunter2', stop: 'hunter2' };
  const container = {
    image: 'web:1',
    volumes: [],
    ports: [],
    env: { A: 'hunter2' },
    labels: { a: 'hunter2' },
    command: ['hunter2'],
    files: [],
    process,
  };
  const instance = { ...anInstance({ id: 'i1' }), spec: container } as unknown as Instance;
  const { record } = createRecordViews({ entityTypes: new Map() } as unknown as Plugins).change('instance', 'i1', instance);
  expect(JSON.stringify(record)).not.toContain('hunter2');
  const shown = {
    place: { runDir: '/run', installDir: '/opt' },
    install: [],
    customize: [{ name: 'launch' }],
    launch: [{ name: 'launch' }],
  };
  expect(record).toMatchObject({ id: 'i1', spec: { image: 'web:1', volumes: [], process: shown } });
});
