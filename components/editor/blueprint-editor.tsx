'use client';
import dynamic from 'next/dynamic';
import { type ReactNode, type RefObject, useMemo, useState } from 'react';
import { BlueprintWorkbench, type WorkbenchHandle } from '@/components/blueprints/blueprint-workbench.tsx';
import { FORMAT_TITLES } from '@/components/blueprints/format-titles.ts';
import type { BlueprintDraft } from '@/components/blueprints/use-blueprint-draft.ts';
import { NO_GHOSTS, type PlannedPlaces, useGhosts } from '@/components/lenses/use-ghosts.ts';
import { notify } from '@/components/ui/notify.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import type { BlueprintFormat } from '@/server/domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { keyOf, nodeOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import { wireReference } from '@/server/domain/blueprint-edit/wire-reference.ts';
import { EditorBar, VIEWS } from './editor-bar.tsx';
import { EditorPanes, type Pane, type Side } from './editor-panes.tsx';
import type { EditorStore } from './editor-store.ts';
import { NotDrawn } from './not-drawn.tsx';
import { problemsByPart } from './problems.ts';
import { tidyParts } from './tidy-parts.ts';
import { useAssistant } from './use-assistant.ts';
import { useEditorState } from './use-editor.ts';
import { useNarrow } from './use-narrow.ts';
import { useParts } from './use-parts.ts';
import type { WireDraft } from './wire-dialog.tsx';

// The canvas and its library come once they are looked at.
const loading = () => <Skeleton className="m-3 h-64 flex-1" />;
const CanvasPane = dynamic(() => import('./canvas-pane.tsx').then((module) => module.CanvasPane), { ssr: false, loading });
const InspectorPanel = dynamic(() => import('./inspector-panel.tsx').then((module) => module.InspectorPanel), { ssr: false, loading });
const WireDialog = dynamic(() => import('./wire-dialog.tsx').then((module) => module.WireDialog), { ssr: false });

export interface BlueprintEditorProps {
  /** Under which the browser remembers sizes. */
  id: string;
  draft: BlueprintDraft;
  store: EditorStore;
  format: BlueprintFormat | null;
  diagnostics: readonly Diagnostic[];
  onTyped: () => void;
  onSubmit?: () => void;
  workbench?: RefObject<WorkbenchHandle | null>;
  /** What a deploy would make; shown where nothing is selected. */
  plan?: ReactNode;
  /** What is planned of the text, and where it would go; absent while that is not known. */
  planned?: PlannedPlaces;
}

/** One blueprint as drawing and as text, with the form of what is selected and its plan. On a phone each is a tab. */
export function BlueprintEditor(props: BlueprintEditorProps) {
  const { id, draft, store, format, diagnostics, onTyped, onSubmit, workbench, plan, planned } = props;
  const state = useEditorState(store);
  const { session, selected } = state;
  const narrow = useNarrow();
  const types = useParts();
  const assistant = useAssistant(store, types.parts);
  const [storedView, setView] = useStoredState<string>(`clocker.editor.${id}.view`, 'both');
  const [side, setSide] = useState<Side>('plan');
  const [tab, setTab] = useState<Pane>('canvas');
  const [isAdding, setAdding] = useState(false);
  const [isTree, setTree] = useState(false);
  const [fitted, setFitted] = useState(0);
  const [focused, setFocused] = useState<{ readonly key: string } | null>(null);
  const [wiring, setWiring] = useState<WireDraft | null>(null);
  const { drawing, text } = session;
  const problems = useMemo(() => (drawing === null ? new Map() : problemsByPart(diagnostics, drawing, text)), [diagnostics, drawing, text]);
  const ghosts = useGhosts(drawing, planned);
  const [isGhostly, setGhostly] = useStoredState<string>(`clocker.editor.${id}.ghosts`, 'no');
  const view = VIEWS.find((one) => one === storedView) ?? 'both';
  const isDrawn = drawing !== null && (format === null || format === 'camp' || format === 'compose');

  const select = (keys: readonly string[]) => {
    store.select(keys);
    if (keys.length > 0) setSide('inspector');
    else setSide('plan');
    const last = keys.at(-1);
    const node = drawing && last !== undefined ? nodeOf(drawing.graph, drawing.keys, last) : undefined;
    if (node) workbench?.current?.reveal(toEditorOffset(text, node.range.start));
  };
  const showAll = () => setFitted((before) => before + 1);
  const showGhosts = (isShown: boolean) => {
    setGhostly(isShown ? 'yes' : 'no');
    showAll();
  };
  const open = (key: string) => {
    select([key]);
    setTab('inspector');
    focusForm();
  };
  const bar = (
    <EditorBar
      {...(narrow ? {} : { view: { value: view, onChange: setView } })}
      hasCanvas={isDrawn && (narrow || view !== 'yaml')}
      history={session.history}
      onUndo={store.undo}
      onRedo={store.redo}
      isAdding={isAdding}
      onAdd={() => setAdding(!isAdding)}
      isTree={isTree}
      onTree={() => setTree(!isTree)}
      isEmpty={drawing === null || drawing.graph.nodes.length < 2}
      onTidy={() => void tidy(store, types.parts).then(showAll, notify.failure)}
      onFit={showAll}
      {...(planned ? { ghosts: { isShown: isGhostly === 'yes', onShow: (isShown: boolean) => showGhosts(isShown) } } : {})}
      onApplication={() => {
        const [root] = drawing?.graph.nodes ?? [];
        if (drawing && root) open(keyOf(drawing.keys, root));
      }}
    />
  );
  const canvas = isDrawn ? (
    <CanvasPane
      {...{ store, state, drawing, types, problems, isAdding, isTree, fitted, focused }}
      ghosts={isGhostly === 'yes' ? ghosts : NO_GHOSTS}
      onFocus={(key) => setFocused({ key })}
      onAdding={setAdding}
      onTree={() => setTree(!isTree)}
      onFit={showAll}
      onSelect={select}
      onOpen={open}
      onWire={setWiring}
    />
  ) : (
    <NotDrawn language={format === null ? null : FORMAT_TITLES[format]} problem={session.problem} />
  );
  const yaml = (
    <BlueprintWorkbench
      {...{ draft, format, diagnostics, onTyped, assistant }}
      shared={store}
      {...(workbench ? { ref: workbench } : {})}
      {...(onSubmit ? { onSubmit } : {})}
    />
  );
  const inspector = drawing ? (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in a field of the form leads back to its part
    <div
      className="min-h-0 flex-1 overflow-y-auto bg-ground"
      data-editor-form
      onKeyDown={(event) => {
        const last = selected.at(-1);
        if (event.key !== 'Escape' || event.defaultPrevented || last === undefined) return;
        setTab('canvas');
        setFocused({ key: last });
      }}
    >
      <InspectorPanel {...{ store, state, drawing, problems }} parts={types.parts} onWire={setWiring} />
    </div>
  ) : (
    <NotDrawn language={null} problem={session.problem} />
  );
  const dialog =
    wiring && drawing ? (
      <WireDialog
        draft={wiring}
        graph={drawing.graph}
        parts={types.parts}
        onChange={setWiring}
        onWire={(wire) => {
          store.change((graph) => wireReference(graph, wire));
          setWiring(null);
        }}
        onConnect={(change) => {
          store.change(() => change);
          setWiring(null);
        }}
        onClose={() => setWiring(null)}
      />
    ) : null;

  return (
    <>
      <EditorPanes
        {...{ id, narrow, view, tab, side, bar, canvas, yaml, inspector, plan }}
        onTab={setTab}
        onSide={setSide}
        hasSelection={selected.length > 0}
      />
      {dialog}
    </>
  );
}

async function tidy(store: EditorStore, parts: ReturnType<typeof useParts>['parts']): Promise<void> {
  const { drawing } = store.get().session;
  if (drawing === null) return;
  const { blueprintPicture } = await import('./blueprint-picture.ts');
  store.place(await tidyParts(blueprintPicture(drawing, parts, store.get().places)));
}

/** Once the form is there. */
function focusForm(): void {
  setTimeout(() => document.querySelector<HTMLElement>('[data-editor-form] :is(input, textarea)')?.focus(), 50);
}

/** The text pane counts each line break as one. */
function toEditorOffset(text: string, offset: number): number {
  return text.slice(0, offset).replaceAll('\r\n', '\n').length;
}
