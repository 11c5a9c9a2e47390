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

/** By the id alone (FNV-1a): a network keeps its look whatever others come and go. */
export function networkTrace(networkId: string): NetworkTrace {
  let hash = 0x811c9dc5;
  for (let at = 0; at < networkId.length; at++) hash = Math.imul(hash ^ networkId.charCodeAt(at), 0x01000193) >>> 0;
  const dash = Math.floor(hash / HUES) % DASHES.length;
  return { hue: 1 + (hash % HUES), dash: DASHES[dash] ?? '', track: Math.floor(hash / (HUES * DASHES.length)) % 3 };
}

export function hueOf({ hue }: NetworkTrace): string {
  return `var(--series-${hue})`;
}
