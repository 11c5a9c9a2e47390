'use client';
import { ListTree, Maximize, Waypoints } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { BlueprintCanvas } from '@/components/canvas/blueprint-canvas.tsx';
import type { PartFace } from '@/components/canvas/part-face.ts';
import { blueprintPicture } from '@/components/editor/blueprint-picture.ts';
import { BlueprintTree } from '@/components/editor/blueprint-tree.tsx';
import type { EditorStore } from '@/components/editor/editor-store.ts';
import { isUnplaced } from '@/components/editor/place-parts.ts';
import { useEditorState } from '@/components/editor/use-editor.ts';
import { useParts } from '@/components/editor/use-parts.ts';
import { usePlaces, withPlaces } from '@/components/editor/use-places.ts';
import { Button } from '@/components/ui/button.tsx';
import { isTyping } from '@/components/ui/is-typing.ts';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { GhostHost } from './ghosts.ts';
import { NO_GHOSTS } from './use-ghosts.ts';

export interface LensCanvasProps {
  /** Keeps the places that all lenses share. */
  store: EditorStore;
  drawing: Drawing;
  faces: ReadonlyMap<string, PartFace>;
  ghosts?: readonly GhostHost[];
  selected: readonly string[];
  onSelect: (keys: readonly string[]) => void;
  /** Enter, or a double click. */
  onOpen: (key: string) => void;
  /** Of the lens, before the acts on the view. */
  bar: ReactNode;
  /** In the place of the tree of parts. */
  tree?: ReactNode;
}

const NOTHING_WRONG: ReadonlyMap<string, 'error' | 'warning'> = new Map();

/** The canvas of the editor, to look at: the same parts at the same places, with what a lens shows on them. */
export function LensCanvas({ store, drawing, faces, ghosts = NO_GHOSTS, selected, onSelect, onOpen, bar, tree }: LensCanvasProps) {
  const { places } = useEditorState(store);
  const { parts } = useParts();
  const [isTree, setTree] = useState(false);
  const [fitted, setFitted] = useState(0);
  const picture = useMemo(() => blueprintPicture(drawing, parts, places), [drawing, parts, places]);
  const shown = useMemo(() => withPlaces(picture), [picture]);
  usePlaces(picture, store.place);
  const isPlaced = !picture.parts.some(isUnplaced);
  useEffect(() => {
    if (isPlaced) setFitted((before) => before + 1);
  }, [isPlaced]);
  const showAll = () => setFitted((before) => before + 1);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what has the focus inside
    <div
      className="flex min-h-0 min-w-0 flex-1 flex-col max-md:min-h-120"
      onKeyDown={(event) => {
        // The options of an open select stand elsewhere in the page: their keys come by here and are not meant.
        if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return;
        if (isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.key === 'f') showAll();
        else if (event.key === 't') setTree(!isTree);
        else if (event.key === 'Escape') onSelect([]);
        else return;
        event.preventDefault();
      }}
    >
      <div
        role="toolbar"
        aria-label="Lens"
        className="flex min-h-10 shrink-0 flex-wrap items-center gap-1.5 border-b border-line bg-surface px-2 py-1"
      >
        {bar}
        <span className="flex-1" />
        <Button variant="ghost" square aria-label="Fit" title="Fit (F)" disabled={isTree} onClick={showAll}>
          <Maximize aria-hidden />
        </Button>
        <Button
          variant="ghost"
          square
          aria-label={isTree ? 'Show as canvas' : 'Show as tree'}
          title={`${isTree ? 'Show as canvas' : 'Show as tree'} (T)`}
          onClick={() => setTree(!isTree)}
        >
          {isTree ? <Waypoints aria-hidden /> : <ListTree aria-hidden />}
        </Button>
      </div>
      {isTree ? (
        (tree ?? <BlueprintTree {...{ picture: shown, worst: NOTHING_WRONG, selected, onSelect, onOpen, faces }} />)
      ) : (
        <div className="relative flex min-h-0 flex-1 flex-col">
          <BlueprintCanvas
            {...{ picture: shown, faces, ghosts, selected, onSelect, onOpen, fitted }}
            worst={NOTHING_WRONG}
            onPlace={store.place}
            focused={null}
          />
        </div>
      )}
    </div>
  );
}
