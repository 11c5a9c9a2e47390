import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecordMap } from './record-map.ts';

const key = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((n) => `id-${n}`),
  fc.string({ maxLength: 3 }),
);
const step = fc.record({ key, value: fc.option(fc.integer()) });

it('holds what a Map holds, in the same order, whatever is put and deleted', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const map = new RecordMap<number>();
      const model = new Map<string, number>();
      for (const { key, value } of steps) {
        if (value === null) expect(map.delete(key)).toBe(model.delete(key));
        else if (model.has(key)) map.set(key, value);
        else map.add(key, value);
        if (value !== null) model.set(key, value);
        expect([map.size, map.get(key), map.has(key)]).toEqual([model.size, model.get(key), model.has(key)]);
      }
      expect([...map]).toEqual([...model]);
      expect([...map.keys()]).toEqual([...model.keys()]);
      expect([...map.values()]).toEqual([...model.values()]);
    }),
  );
});

it('finds each of many again after growing', () => {
  const map = new RecordMap<number>();
  for (let n = 0; n < 5_000; n += 1) map.set(`01M8CDD53DZR${n}`, n);
  for (let n = 0; n < 5_000; n += 2) map.delete(`01M8CDD53DZR${n}`);
  for (let n = 0; n < 5_000; n += 1) expect(map.get(`01M8CDD53DZR${n}`)).toBe(n % 2 === 0 ? undefined : n);
  expect(map.size).toBe(2_500);
});

it('finds a key as fast after it has come and gone many times', () => {
  const map = new RecordMap<number>();
  const others = 140_000;
  for (let n = 0; n < others; n += 1) map.add(`${n}`, n);
  for (let n = 0; n < 100_000; n += 1) {
    map.add('again', n);
    map.delete('again');
  }
  expect([map.size, map.has('again'), map.get(`${others - 1}`)]).toEqual([others, false, others - 1]);
});

it('is read to its end while it is changed', () => {
  const map = new RecordMap<number>();
  for (let n = 0; n < 8; n += 1) map.set(`${n}`, n);
  const seen: string[] = [];
  for (const [id] of map) {
    seen.push(id);
    map.delete(id);
    if (seen.length <= 8) map.set(`new-${id}`, 0);
  }
  expect(seen.slice(0, 8)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
});
