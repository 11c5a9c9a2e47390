import type { ClipboardEvent, KeyboardEvent } from 'react';
import { isTyping } from '@/components/ui/is-typing.ts';
import { nodeOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import type { CanvasPaneProps } from './canvas-pane.tsx';
import { copySelected, duplicateSelected, groupSelected, pasteText, removeSelected, ungroupSelected } from './editor-acts.ts';
import type { EditorStore } from './editor-store.ts';

/** Keys of the canvas and the tree: none of them in what takes text. */
export function canvasKeys(props: CanvasPaneProps) {
  const { store, state, drawing, isAdding, onAdding, onTree, onFit, onSelect, onWire } = props;
  const acts: Readonly<Record<string, (keys: readonly string[]) => void>> = {
    Delete: (keys) => removeSelected(store, keys),
    Backspace: (keys) => removeSelected(store, keys),
    a: () => onAdding(!isAdding),
    f: onFit,
    t: onTree,
    w: ([key]) => {
      const to = key === undefined ? undefined : nodeOf(drawing.graph, drawing.keys, key);
      if (to && drawing.graph.format === 'camp') onWire({ from: null, to });
    },
    Escape: () => onSelect([]),
  };
  const withControl: Readonly<Record<string, (keys: readonly string[], isShift: boolean) => void>> = {
    a: () => onSelect([...drawing.keys].flatMap(([path, key]) => (path === '[]' ? [] : [key]))),
    d: (keys) => duplicateSelected(store, keys),
    g: (keys, isShift) => (isShift ? ungroupSelected(store, keys) : groupSelected(store, keys)),
    z: (_, isShift) => (isShift ? store.redo() : store.undo()),
    y: () => store.redo(),
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    if (isTyping(event.target) || event.altKey || event.defaultPrevented) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const isControl = event.ctrlKey || event.metaKey;
    const act = isControl ? withControl[key] : event.shiftKey ? undefined : acts[key];
    if (!act) return;
    const keys = meant(event.target, state.selected);
    event.preventDefault();
    event.stopPropagation();
    act(keys, event.shiftKey);
  };
}

/** What has the focus, unless it is among what is selected: then all of that. */
function meant(target: EventTarget, selected: readonly string[]): readonly string[] {
  const focused = focusedPart(target);
  return focused === null || selected.includes(focused) ? selected : [focused];
}

function focusedPart(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest('.react-flow__node')?.getAttribute('data-id') ?? target.closest('[data-part]')?.getAttribute('data-part') ?? null;
}

/** Parts are copied and pasted as YAML. */
export function clipboardActs(store: EditorStore, selected: readonly string[], readOnly: boolean) {
  const copy = (event: ClipboardEvent, thenRemove: boolean) => {
    if (isTyping(event.target)) return;
    const keys = meant(event.target, selected);
    const text = copySelected(store, keys);
    if (text === null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', text);
    if (thenRemove && !readOnly) removeSelected(store, keys);
  };
  return {
    onCopy: (event: ClipboardEvent) => copy(event, false),
    onCut: (event: ClipboardEvent) => copy(event, true),
    onPaste: (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      event.preventDefault();
      pasteText(store, event.clipboardData.getData('text/plain'));
    },
  };
}
