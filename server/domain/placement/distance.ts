/** Mean radius of the Earth in kilometres (IUGG). */
const EARTH_KM = 6_371.0088;

interface Point {
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
}

/** Kilometres between two places along the surface, by the haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984); within 0.5 %. */
export function distanceKm(a: Point, b: Point): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (from: number, to: number): number => Math.sin(rad(to - from) / 2) ** 2;
  const chord = half(a.latitude, b.latitude) + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
