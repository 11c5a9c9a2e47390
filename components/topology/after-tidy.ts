import type { Point } from './topology-layout.ts';

type Places = Readonly<Record<string, Point>>;

/** Where everything is once some boxes were tidied: these anew, their lanes below them again, and all else where it was. */
export function afterTidy(before: Places, { tidied, lanes }: { readonly tidied: Places; readonly lanes: readonly string[] }): Places {
  const kept = Object.entries(before).filter(([id]) => !lanes.includes(id));
  return { ...Object.fromEntries(kept), ...tidied };
}
