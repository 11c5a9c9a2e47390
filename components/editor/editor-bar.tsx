'use client';
import { Boxes, LayoutGrid, ListTree, Maximize, Plus, Redo2, Server, Undo2, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Segments } from '@/components/ui/segments.tsx';
import type { EditHistory } from '@/server/domain/blueprint-edit/edit-history.ts';

export const VIEWS = ['canvas', 'both', 'yaml'] as const;
export type EditorView = (typeof VIEWS)[number];
const VIEW_OPTIONS = [
  { value: 'canvas', label: 'Canvas' },
  { value: 'both', label: 'Both' },
  { value: 'yaml', label: 'YAML' },
] as const;

export interface EditorBarProps {
  /** Absent where panes are tabs. */
  view?: { readonly value: EditorView; readonly onChange: (view: EditorView) => void };
  hasCanvas: boolean;
  history: EditHistory;
  onUndo: () => void;
  onRedo: () => void;
  isAdding: boolean;
  onAdd: () => void;
  isTree: boolean;
  onTree: () => void;
  isEmpty: boolean;
  onTidy: () => void;
  onFit: () => void;
  onApplication: () => void;
  /** Whether it is drawn where containers would go; absent where that is not known. */
  ghosts?: { readonly isShown: boolean; readonly onShow: (isShown: boolean) => void };
}

/** What can be done with the drawing as a whole. */
export function EditorBar(props: EditorBarProps) {
  const { view, hasCanvas, history, onUndo, onRedo, isAdding, onAdd, isTree, onTree, isEmpty, onTidy, onFit, onApplication, ghosts } =
    props;
  const [last, next] = [history.done.at(-1)?.name, history.undone.at(-1)?.name];
  return (
    <div
      role="toolbar"
      aria-label="Editor"
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b border-line bg-surface px-2"
    >
      {hasCanvas ? (
        <Button onClick={onAdd} aria-pressed={isAdding} title="Palette (A)">
          <Plus aria-hidden />
          Add
        </Button>
      ) : null}
      <Act label={last ? `Undo ${last}` : 'Undo'} shortcut="Ctrl+Z" disabled={!last} onClick={onUndo} icon={<Undo2 aria-hidden />} />
      <Act label={next ? `Redo ${next}` : 'Redo'} shortcut="Ctrl+Shift+Z" disabled={!next} onClick={onRedo} icon={<Redo2 aria-hidden />} />
      {hasCanvas ? (
        <>
          <span className="mx-1 h-4 w-px shrink-0 bg-line" />
          {isTree ? null : (
            <>
              <Act label="Tidy" shortcut="lays everything out" disabled={isEmpty} onClick={onTidy} icon={<LayoutGrid aria-hidden />} />
              <Act label="Fit" shortcut="F" disabled={isEmpty} onClick={onFit} icon={<Maximize aria-hidden />} />
            </>
          )}
          <Act
            label={isTree ? 'Show as canvas' : 'Show as tree'}
            shortcut="T"
            onClick={onTree}
            icon={isTree ? <Waypoints aria-hidden /> : <ListTree aria-hidden />}
          />
          {ghosts ? (
            <Button
              variant="ghost"
              square
              aria-label="Where containers would go"
              title="Where containers would go, drawn on their hosts"
              aria-pressed={ghosts.isShown}
              className={ghosts.isShown ? 'bg-accent-soft text-ink!' : ''}
              onClick={() => ghosts.onShow(!ghosts.isShown)}
            >
              <Server aria-hidden />
            </Button>
          ) : null}
          <Act label="Application" shortcut="its name and location" onClick={onApplication} icon={<Boxes aria-hidden />} />
        </>
      ) : null}
      {view ? <Segments label="Panes" className="ml-auto" value={view.value} onChange={view.onChange} options={VIEW_OPTIONS} /> : null}
    </div>
  );
}

interface ActProps {
  label: string;
  shortcut: string;
  icon: ReactNode;
  disabled?: boolean;
  onClick: () => void;
}

function Act({ label, shortcut, icon, disabled = false, onClick }: ActProps) {
  return (
    <Button variant="ghost" square aria-label={label} title={`${label} (${shortcut})`} disabled={disabled} onClick={onClick}>
      {icon}
    </Button>
  );
}
