'use client';
import { MousePointerClick } from 'lucide-react';
import { useRecords } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import { keyOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import { duplicateSelected, nodesOfKeys, removeSelected } from './editor-acts.ts';
import type { EditorState, EditorStore } from './editor-store.ts';
import { LocationForm } from './location-form.tsx';
import { locationsIn } from './locations.ts';
import { NodeInspector } from './node-inspector.tsx';
import type { PartType } from './part-types.ts';
import type { ProblemsByPart } from './problems.ts';
import type { WireDraft } from './wire-dialog.tsx';

export interface InspectorPanelProps {
  store: EditorStore;
  state: EditorState;
  drawing: Drawing;
  parts: readonly PartType[];
  problems: ProblemsByPart;
  onWire: (draft: WireDraft) => void;
}

const NO_PROBLEMS: readonly never[] = [];

/** The form of what is chosen. */
export function InspectorPanel({ store, state: { session, selected }, drawing, parts, problems, onWire }: InspectorPanelProps) {
  const clouds = useRecords('cloud', undefined, (a, b) => a.name.localeCompare(b.name));
  const nodes = nodesOfKeys(drawing, selected);
  const [node, ...others] = nodes;
  const readOnly = session.problem !== null;
  const location = locationsIn(drawing.graph).find(({ key }) => selected.includes(key));
  const remove = () => removeSelected(store, selected);
  if (node && others.length === 0 && !location) {
    return (
      <NodeInspector
        key={keyOf(drawing.keys, node)}
        store={store}
        graph={drawing.graph}
        node={node}
        parts={parts}
        problems={problems.get(keyOf(drawing.keys, node)) ?? NO_PROBLEMS}
        locations={clouds.map(({ name }) => name)}
        readOnly={readOnly}
        onWire={onWire}
        onDuplicate={() => duplicateSelected(store, selected)}
        onDelete={remove}
      />
    );
  }
  if (location && !node) {
    return <LocationForm key={location.key} {...{ store, location, readOnly }} clouds={clouds.map(({ name }) => name)} onRemove={remove} />;
  }
  if (node) {
    return (
      <div className="flex flex-col gap-3 px-4 py-4">
        <h2 className="text-lg font-semibold">{selected.length} parts selected</h2>
        <p className="text-ink-2">Copy them with Ctrl+C: they are pasted as YAML, here or anywhere else.</p>
        <div className="flex gap-2">
          <Button disabled={readOnly} onClick={() => duplicateSelected(store, selected)}>
            Duplicate
          </Button>
          <Button variant="danger-ghost" disabled={readOnly} onClick={remove}>
            Remove
          </Button>
        </div>
      </div>
    );
  }
  const [root] = drawing.graph.nodes;
  return (
    <EmptyState
      icon={MousePointerClick}
      title="Nothing is selected"
      actions={root ? <Button onClick={() => store.select([keyOf(drawing.keys, root)])}>The application itself</Button> : undefined}
    >
      Select a part to see its form: what it is called, where it runs, and every setting that its type takes.
    </EmptyState>
  );
}
