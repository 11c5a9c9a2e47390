'use client';
import { type KeyboardEvent, useState } from 'react';
import { describeWire, nextWire, otherEnd, toWireStep, type WalkedWire } from './walk-wires.ts';

export interface WireWalkOptions<W extends WalkedWire> {
  wires: readonly W[];
  titleOf: (node: string) => string;
  onFollow: (node: string) => void;
  /** Removes a line; null for one that cannot be. */
  removal: (wire: W) => (() => void) | null;
}

export interface WireWalk<W extends WalkedWire> {
  /** The line that is walked to; null for none. */
  readonly wire: W | null;
  /** For a live region. */
  readonly said: string;
  /** True when the key was meant for a line: nobody else takes it then. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, node: string) => boolean;
  readonly forget: () => void;
}

/** The lines of the node that has the focus, by keys: E and arrows walk them, Enter follows one, Delete removes it, Escape lets go. */
export function useWireWalk<W extends WalkedWire>({ wires, titleOf, onFollow, removal }: WireWalkOptions<W>): WireWalk<W> {
  const [walked, setWalked] = useState<{ readonly id: string; readonly node: string } | null>(null);
  const [none, setNone] = useState<string | null>(null);
  const wire = wires.find(({ id }) => id === walked?.id) ?? null;
  const forget = () => {
    setWalked(null);
    setNone(null);
  };
  const perform = (event: KeyboardEvent<HTMLElement>, node: string): boolean => {
    const current = walked?.node === node ? wire : null;
    const step = toWireStep(event, current !== null);
    if (step !== null) {
      const next = nextWire(wires, node, { from: current?.id ?? null, step });
      setWalked(next && { id: next.id, node });
      setNone(next === null ? node : null);
      return true;
    }
    if (current === null || event.shiftKey) return false;
    if (event.key === 'Enter') onFollow(otherEnd(current, node));
    else if (event.key === 'Delete' || event.key === 'Backspace') removal(current)?.();
    else if (event.key !== 'Escape') return false;
    forget();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, node: string) => {
    const isTaken = perform(event, node);
    if (!isTaken) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const said =
    wire !== null && walked !== null
      ? describeWire(wires, walked.node, { wire, titleOf, mayRemove: removal(wire) !== null })
      : none === null
        ? ''
        : `${titleOf(none)} has no lines.`;
  return { wire, said, onKeyDown, forget };
}
