import { expect, it } from 'vitest';
import type { Host } from '@/server/domain/entity/host.ts';
import { USAGE_SENSOR } from '@/server/domain/sensor/usage-between.ts';
import { type CloudGroup, type HostRow, sortGroups } from './host-rows.ts';

function row(name: string, host: Partial<Host> = {}, containers = 0): HostRow {
  return { containers, host: { id: name, name, state: 'ready', cordoned: false, facts: { memoryBytes: 100 }, ...host } as unknown as Host };
}

const READINGS: Readonly<Record<string, { readonly cpu: number; readonly memory: number }>> = {
  'host-1': { cpu: 0.2, memory: 90 },
  'host-2': { cpu: 0.9, memory: 10 },
  'host-10': { cpu: 0.5, memory: 50 },
};
const metric = (hostId: string, sensor: string): number | null => {
  const reading = READINGS[hostId];
  if (!reading) return null;
  return sensor === USAGE_SENSOR.machineCpu ? reading.cpu : reading.memory;
};

function sorted(rows: readonly HostRow[], sort: string): readonly string[] {
  const groups = sortGroups([{ cloud: {}, rows } as unknown as CloudGroup], sort, metric);
  return groups.flatMap((group) => group.rows.map(({ host }) => host.name));
}

const ROWS = [row('host-10', {}, 2), row('host-2', { facts: { memoryBytes: 20 } as Host['facts'] }, 7), row('host-1', {}, 2)];

it('leaves hosts as they joined until a column is chosen', () => {
  expect(sorted(ROWS, '')).toEqual(['host-10', 'host-2', 'host-1']);
  expect(sorted(ROWS, 'engine')).toEqual(['host-10', 'host-2', 'host-1']);
});

it('sorts by name, usage, room and number of containers', () => {
  expect(sorted(ROWS, 'name')).toEqual(['host-1', 'host-2', 'host-10']);
  expect(sorted(ROWS, '-cpu')).toEqual(['host-2', 'host-10', 'host-1']);
  expect(sorted(ROWS, '-memory')).toEqual(['host-1', 'host-10', 'host-2']);
  expect(sorted(ROWS, '-free')).toEqual(['host-10', 'host-2', 'host-1']);
  expect(sorted(ROWS, '-containers')).toEqual(['host-2', 'host-10', 'host-1']);
});

it('puts what needs somebody first, and what is not known last either way', () => {
  const rows = [row('well'), row('closed', { cordoned: true }), row('gone', { state: 'lost' }), row('away', { state: 'unreachable' })];
  expect(sorted(rows, 'state')).toEqual(['gone', 'away', 'closed', 'well']);
  const readings = [row('host-1', { state: 'lost' }), row('host-2'), row('new')];
  expect(sorted(readings, 'cpu')).toEqual(['host-2', 'host-1', 'new']);
  expect(sorted(readings, '-cpu')).toEqual(['host-2', 'host-1', 'new']);
  const places = [row('here'), row('there', { place: { region: 'eu' } }), row('far', { place: { region: 'ap' } })];
  expect(sorted(places, 'place')).toEqual(['far', 'there', 'here']);
});
