import { expect, it } from 'vitest';
import { readHostForm, toHostForm } from './host-form.ts';

const HOST = {
  name: 'east-1',
  address: '10.0.0.1',
  port: 22,
  user: 'root',
  labels: { rack: '2' },
  place: { region: 'east', country: 'DE', latitude: 52.5, longitude: -13.4 },
};

it('gives back what it was made of', () => {
  const { name, address, port, user, labels, place } = HOST;
  expect(readHostForm(toHostForm(HOST))).toEqual({ ok: true, value: { name, address, port, user, labels, place } });
});

it('forgets what is emptied', () => {
  const form = { ...toHostForm(HOST), labels: '', region: ' ', country: '', coordinates: '' };
  expect(readHostForm(form)).toMatchObject({ ok: true, value: { labels: {}, place: {} } });
});

it.each([
  ['name', 'East 1'],
  ['port', '0'],
  ['labels', 'rack'],
  ['country', 'Germany'],
  ['coordinates', '52.5'],
  ['coordinates', '91, 0'],
] as const)('says what is wrong with %s: %s', (key, value) => {
  const read = readHostForm({ ...toHostForm(HOST), [key]: value });
  expect(read.ok ? [] : Object.keys(read.errors)).toEqual([key]);
});
