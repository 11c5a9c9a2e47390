/** How the lines of a network look everywhere, so that they can be told apart without colour too. */
export interface NetworkTrace {
  /** Number of a hue: 1 to 6. */
  readonly hue: number;
  /** Of an SVG stroke; empty for a whole line. */
  readonly dash: string;
  /** Which of the tracks beside a column of chips its lines take: 0 to 2. */
  readonly track: number;
}

const HUES = 6;
const DASHES = ['', '7 3', '2 3'];

const LOOKS = HUES * DASHES.length;

/**
 * Each network keeps the look that its id (FNV-1a) asks for, the later of two that ask for the same takes the next hue that is free, so that few
 * networks are told apart by colour alone. `ids`: of all networks that there are, so that a filter changes no colours.
 */
export function networkTraces(ids: readonly string[]): ReadonlyMap<string, NetworkTrace> {
  const traces = new Map<string, NetworkTrace>();
  const taken = new Map<number, number>();
  for (const id of ids.toSorted()) {
    const hash = hashOf(id);
    const least = Math.min(...Array.from({ length: HUES }, (_, hue) => taken.get(hue) ?? 0));
    let hue = hash % HUES;
    while ((taken.get(hue) ?? 0) > least) hue = (hue + 1) % HUES;
    taken.set(hue, least + 1);
    traces.set(id, { hue: hue + 1, dash: DASHES[least % DASHES.length] ?? '', track: Math.floor(hash / LOOKS) % 3 });
  }
  return traces;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

export function hueOf({ hue }: NetworkTrace): string {
  return `var(--series-${hue})`;
}
