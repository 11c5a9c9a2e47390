import { expect, it } from 'vitest';
import { distanceKm } from './distance.ts';

const BERLIN = { latitude: 52.52, longitude: 13.405 };

it('is that of the map', () => {
  expect(distanceKm(BERLIN, { latitude: 48.8566, longitude: 2.3522 })).toBeCloseTo(877.5, 0);
  expect(distanceKm({ latitude: 0, longitude: 179 }, { latitude: 0, longitude: -179 })).toBeCloseTo(222.4, 0);
  expect(distanceKm({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 })).toBeCloseTo(20_015, 0);
  expect(distanceKm(BERLIN, BERLIN)).toBe(0);
});
