import { describe, expect, it } from 'vitest';
import { metricSensors, missingMetrics, publishedBy } from './chosen-metrics.ts';
import { parseExposition } from './prometheus.ts';

const chosen = [
  { metric: 'clients', targetSensor: 'redis.connections' },
  { metric: 'queries', rate: true },
];
const exposition = parseExposition('clients 3\nqueries 50\nnone of it\n');

function looking(before: { readonly value: number; readonly at: number } | undefined) {
  const read = { sensor: (_: string, name: string) => (name === 'queries.total' ? before : undefined) };
  return { now: 2_000, self: { id: 'e1' }, read } as unknown as Parameters<typeof metricSensors>[2];
}

describe('chosen metrics of an answer', () => {
  it('are sensors as they are, and rates of two sums in a row', () => {
    const at = 2_000;
    expect(metricSensors(chosen, { exposition, at }, looking(undefined))).toEqual({ 'redis.connections': 3, 'queries.total': 50 });
    expect(metricSensors(chosen, { exposition, at }, looking({ value: 30, at: 1_000 }))).toMatchObject({ queries: 20 });
  });

  it('begin anew with a process that counts from 0 again', () => {
    expect(metricSensors(chosen, { exposition, at: 2_000 }, looking({ value: 900, at: 1_000 }))).toMatchObject({ queries: 50 });
  });

  it('tell what is not there, and what they publish', () => {
    expect(missingMetrics([...chosen, { metric: 'lag' }], exposition)).toBe('there is no lag in the answer');
    expect(publishedBy(chosen)).toEqual(['redis.connections', 'redis.connections.total', 'queries', 'queries.total']);
  });
});
