import type { BuildPlace, PlanState } from './plan-state.ts';

export const ROOT_PATH = '.';

/** Stable as long as ids, or names, stay: `web/member`, `redis`, `redis-2`; `.` for the root. Given once. */
export function entityPath(place: BuildPlace, segment: string, state: PlanState): string {
  if (place.parent === null) return ROOT_PATH;
  const base = `${place.parent === ROOT_PATH ? '' : `${place.parent}/`}${place.segment === undefined ? segment : slug(place.segment)}`;
  let path = base;
  for (let count = (state.paths.get(base) ?? 0) + 1; state.paths.has(path); count += 1) path = `${base}-${count}`;
  state.paths.set(base, (state.paths.get(base) ?? 0) + 1);
  if (path !== base) state.paths.set(path, 1);
  return path;
}

export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}
