import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadPlugins } from '../../plugins/registry.ts';
import { containerWith } from '../../testing/blueprint-types.ts';
import { createCatalog } from '../catalog/create-catalog.ts';
import { planApplication } from './plan-application.ts';
import { createPlanMemory, shapeOfConfig } from './plan-memory.ts';
import type { BlueprintType } from './type-registry.ts';

const library = { ...(await loadPlugins()), catalog: createCatalog([]) };
const SHIPPED = path.resolve(import.meta.dirname, '../../../blueprints');

describe('a plan with what is known from the plans before', () => {
  it('is the plan without', () => {
    const memory = createPlanMemory();
    const texts = globSync('*.{yaml,yml}', { cwd: SHIPPED }).map((file) => readFileSync(path.join(SHIPPED, file), 'utf8'));
    expect(texts.length).toBeGreaterThan(3);
    for (const text of [...texts, ...texts]) expect(planApplication({ text }, library, memory)).toEqual(planApplication({ text }, library));
  });

  it('is the plan without for any config, right or wrong, of either type', () => {
    const memory = createPlanMemory();
    const keys = fc.constantFrom('docker.memory', 'openPorts', 'env', 'user', 'docker.container.readOnly', 'root.password');
    const values = fc.constantFrom(
      '64m',
      '[80]',
      '{A: b}',
      '{A: 1}',
      'yes',
      '$brooklyn:config("x")',
      '$brooklyn:self()',
      '[$brooklyn:root()]',
      '1',
      '"1"',
    );
    const config = fc.uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, minLength: 1 });
    fc.assert(
      fc.property(config, fc.constantFrom('docker:nginx', 'mariadb'), (entries, type) => {
        const text = containerWith(entries.map(([key, value]) => `${key}: ${value}`).join('\n'), type);
        expect(planApplication({ text }, library, memory)).toEqual(planApplication({ text }, library));
      }),
      { numRuns: 300 },
    );
  });

  it('asks a schema once for config that it takes, and each time for config that it refuses', () => {
    let asked = 0;
    const size = z.number().refine((value) => {
      asked += 1;
      return value < 10;
    });
    const type: BlueprintType = {
      id: 'counting',
      title: 'Counting',
      aliases: [],
      kind: 'container',
      config: z.looseObject({ size: size.optional() }),
      flags: {},
      sensors: [],
    };
    const counting = { ...library, entityTypes: new Map([...library.entityTypes, [type.id, type]]) };
    const memory = createPlanMemory();
    const check = (value: number, id: string) =>
      planApplication({ text: `services:\n- {type: counting, id: ${id}, size: ${value}}\n` }, counting, memory).ok;
    expect([check(1, 'a'), check(1, 'b'), asked]).toEqual([true, true, 1]);
    expect([check(20, 'a'), check(20, 'b'), asked]).toEqual([false, false, 3]);
  });
});

describe('what is kept of config', () => {
  it('tells values of different kinds apart, and expressions only by what they give', () => {
    const value = (name: string, ...args: string[]) => ({ $dsl: { text: '', calls: [{ name, args }] } });
    const shapes = ['1', 1, true, 'true', null, 'null', [1], ['1'], [[1]], { 0: 1 }, '$value', value('config', 'a'), value('self')].map(
      (item) => shapeOfConfig({ item }),
    );
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(shapeOfConfig({ item: value('config', 'a') })).toBe(shapeOfConfig({ item: value('attributeWhenReady', 'b') }));
  });

  it('is nothing of long config', () => {
    expect(shapeOfConfig({ text: 'x'.repeat(20_000) })).toBeNull();
    expect(shapeOfConfig({ list: Array.from({ length: 20_000 }, () => 1) })).toBeNull();
  });

  it('is forgotten before it takes much room', () => {
    const memory = createPlanMemory();
    const schema = z.unknown();
    const shape = (n: number) => `${n}`.padEnd(16_000, ' ');
    for (let n = 0; n < 300; n += 1) memory.accept(schema, shape(n));
    expect([memory.accepts(schema, shape(0)), memory.accepts(schema, shape(299))]).toEqual([false, true]);
  });
});
