/** A line between two nodes, as it is walked by keys. */
export interface WalkedWire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The lines that begin or end at a node. */
export function wiresAt<W extends WalkedWire>(wires: readonly W[], node: string): readonly W[] {
  return wires.filter(({ from, to }) => from !== to && (from === node || to === node));
}

/** The line that comes `step` after another at a node, round and round; null where there is none. */
export function nextWire<W extends WalkedWire>(wires: readonly W[], node: string, { from, step }: WireStep): W | null {
  const there = wiresAt(wires, node);
  const at = there.findIndex(({ id }) => id === from);
  if (at < 0) return there.at(step > 0 ? 0 : -1) ?? null;
  return there.at((at + step) % there.length) ?? null;
}

export interface WireStep {
  /** Id of the line that was walked to last; null for none. */
  readonly from: string | null;
  readonly step: 1 | -1;
}

export function otherEnd({ from, to }: WalkedWire, node: string): string {
  return from === node ? to : from;
}

const STEPS: ReadonlyMap<string, WireStep['step']> = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
]);

/** How far a key leads along the lines of a node: E to the first and on, arrows once one is walked to. Null for any other key. */
export function toWireStep(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  isWalking: boolean,
): WireStep['step'] | null {
  if (key.toLowerCase() === 'e') return shiftKey ? -1 : 1;
  return isWalking && !shiftKey ? (STEPS.get(key) ?? null) : null;
}

/** For screen readers: which line it is, between what, and what can be done with it. */
export function describeWire(wires: readonly WalkedWire[], node: string, { wire, titleOf, mayRemove }: DescribedWire): string {
  const there = wiresAt(wires, node);
  const at = there.findIndex(({ id }) => id === wire.id) + 1;
  const label = wire.label === '' ? '' : ` (${wire.label})`;
  const removes = mayRemove ? ', Delete removes it' : '';
  return `Line ${at} of ${there.length}: ${titleOf(wire.from)} to ${titleOf(wire.to)}${label}. Enter goes to ${titleOf(otherEnd(wire, node))}${removes}.`;
}

export interface DescribedWire {
  readonly wire: WalkedWire;
  readonly titleOf: (node: string) => string;
  readonly mayRemove: boolean;
}
