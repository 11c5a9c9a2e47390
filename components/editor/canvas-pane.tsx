'use client';
import { Info, MessageSquareWarning, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { BlueprintCanvas } from '@/components/canvas/blueprint-canvas.tsx';
import type { GhostHost } from '@/components/lenses/ghosts.ts';
import type { Point } from '@/components/topology/topology-layout.ts';
import { hasMember } from '@/server/domain/blueprint-edit/add-part.ts';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import { isGroup } from '@/server/domain/blueprint-edit/group-nodes.ts';
import { nodeOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import { blueprintPicture, titleOf } from './blueprint-picture.ts';
import { BlueprintTree } from './blueprint-tree.tsx';
import { canvasKeys, clipboardActs } from './canvas-keys.ts';
import { EmptyCanvas, Notice } from './canvas-notices.tsx';
import { connection } from './connect.ts';
import { groupSelected, nodesOfKeys, removeWire, ungroupSelected } from './editor-acts.ts';
import type { EditorState, EditorStore } from './editor-store.ts';
import { addChosen, type Chosen } from './new-part.ts';
import { draggedPart, Palette } from './palette.tsx';
import { findPart } from './part-types.ts';
import { type ProblemsByPart, worstByPart } from './problems.ts';
import { useNarrow } from './use-narrow.ts';
import type { useParts } from './use-parts.ts';
import { usePlaces, withPlaces } from './use-places.ts';
import type { WireDraft } from './wire-dialog.tsx';

export interface CanvasPaneProps {
  store: EditorStore;
  state: EditorState;
  drawing: Drawing;
  types: ReturnType<typeof useParts>;
  problems: ProblemsByPart;
  isAdding: boolean;
  onAdding: (isAdding: boolean) => void;
  isTree: boolean;
  onTree: () => void;
  /** Grows when everything is to be brought into view. */
  fitted: number;
  onFit: () => void;
  /** Brought into view and given the focus: with another object, again. */
  focused: { readonly key: string } | null;
  onFocus: (key: string) => void;
  onSelect: (keys: readonly string[]) => void;
  onOpen: (key: string) => void;
  onWire: (draft: WireDraft) => void;
  /** Where containers of the plan would go. */
  ghosts: readonly GhostHost[];
}

/** The drawing with its palette and keys. */
export function CanvasPane(props: CanvasPaneProps) {
  const { store, state, drawing, types, problems, isAdding, onAdding, isTree, fitted, focused, onFocus, onSelect, onOpen, onWire, ghosts } =
    props;
  const { session, places, selected, told } = state;
  const { graph, keys } = drawing;
  const readOnly = session.problem !== null;
  const narrow = useNarrow();
  const picture = useMemo(() => blueprintPicture(drawing, types.parts, places), [drawing, types.parts, places]);
  const shown = useMemo(() => withPlaces(picture), [picture]);
  const worst = useMemo(() => worstByPart(problems), [problems]);
  usePlaces(picture, store.place);
  useEffect(() => {
    if (isTree && focused) document.querySelector<HTMLElement>(`[data-part="${CSS.escape(focused.key)}"]`)?.focus();
  }, [isTree, focused]);

  const target = selected.length === 1 ? nodeOf(graph, keys, selected[0] ?? '') : undefined;
  const add = (chosen: Chosen, over = target, at?: Point) => {
    const takes = findPart(types.parts, over?.type ?? null)?.takes ?? 'nothing';
    const added = store.change((now) => addChosen(now, over, chosen, takes), { select: 'what is new', ...(at ? { at } : {}) });
    const [key] = store.get().selected;
    if (!added || key === undefined) return;
    onSelect(store.get().selected);
    if (at) onFocus(key);
  };
  const wire = (from: string, to: string) => {
    const [source, reader] = [nodeOf(graph, keys, from), nodeOf(graph, keys, to)];
    if (!source || !reader) return;
    const change = connection(graph, source, reader);
    if (change === null) onWire({ from: source, to: reader });
    else store.change(() => change);
  };
  const onUngroup = nodesOfKeys(drawing, selected).some(isGroup) ? () => ungroupSelected(store, selected) : undefined;
  const grouping = { onGroup: () => groupSelected(store, selected), onUngroup };
  const onKeyDown = canvasKeys(props);
  const clipboard = clipboardActs(store, selected, readOnly);
  const where = whereAdded(props, target ? titleOf(target) : null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and the clipboard of what has the focus inside
    <div tabIndex={-1} className="relative flex min-h-0 min-w-0 flex-1 outline-none" onKeyDown={onKeyDown} {...clipboard}>
      {isAdding ? (
        <Palette
          parts={types.parts}
          error={types.error}
          onRetry={types.retry}
          at={where}
          onAdd={(chosen) => {
            add(chosen);
            // There it hides what was added.
            if (narrow) onAdding(false);
          }}
          onClose={() => {
            onAdding(false);
            const last = selected.at(-1);
            if (last !== undefined) onFocus(last);
          }}
        />
      ) : null}
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        {isTree ? (
          <BlueprintTree picture={shown} worst={worst} selected={selected} onSelect={onSelect} onOpen={onOpen} />
        ) : (
          <BlueprintCanvas
            picture={shown}
            worst={worst}
            selected={selected}
            onSelect={onSelect}
            onOpen={onOpen}
            onPlace={store.place}
            {...(readOnly ? {} : { onWire: wire, onUnwire: (one) => removeWire(store, one) })}
            {...(readOnly || selected.length === 0 || graph.format !== 'camp' ? {} : { grouping })}
            onDropPart={(data, at, over) => {
              const chosen = draggedPart(data, types.parts);
              if (chosen) add(chosen, over === null ? undefined : nodeOf(graph, keys, over), over === null ? at : undefined);
            }}
            ghosts={ghosts}
            fitted={fitted}
            focused={focused}
          />
        )}
        {picture.parts.length === 0 ? <EmptyCanvas isAdding={isAdding} onAdd={() => onAdding(true)} /> : null}
        <div className="pointer-events-none absolute inset-x-2 top-2 flex flex-col gap-2 *:pointer-events-auto">
          {readOnly ? (
            <Notice tone="warn" icon={<TriangleAlert aria-hidden />}>
              The text cannot be read just now, so this is how it was before: {session.problem}
            </Notice>
          ) : null}
          {told ? (
            <Notice
              tone={told.tone === 'refused' ? 'bad' : 'note'}
              icon={told.tone === 'refused' ? <MessageSquareWarning aria-hidden /> : <Info aria-hidden />}
              onClose={store.forgetTold}
            >
              {told.message}
            </Notice>
          ) : null}
        </div>
      </div>
    </div>
  );
}

function whereAdded({ drawing, types, state }: CanvasPaneProps, title: string | null): string {
  const node = state.selected.length === 1 ? nodeOf(drawing.graph, drawing.keys, state.selected[0] ?? '') : undefined;
  const takes = findPart(types.parts, node?.type ?? null)?.takes;
  if (node && takes === 'a member' && !hasMember(drawing.graph, node)) return `Adds the member of ${title}`;
  if (node && takes === 'children') return `Adds into ${title}`;
  return 'Adds to the application; policies go to what is selected';
}
