'use client';
import { Boxes, LayoutGrid, ListTree, Maximize, Plus, Redo2, Undo2, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import type { EditHistory } from '@/server/domain/blueprint-edit/edit-history.ts';

export const VIEWS = ['canvas', 'both', 'yaml'] as const;
export type EditorView = (typeof VIEWS)[number];
const VIEW_TEXTS: Readonly<Record<EditorView, string>> = { canvas: 'Canvas', both: 'Both', yaml: 'YAML' };

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
}

/** What can be done with the drawing as a whole. */
export function EditorBar(props: EditorBarProps) {
  const { view, hasCanvas, history, onUndo, onRedo, isAdding, onAdd, isTree, onTree, isEmpty, onTidy, onFit, onApplication } = props;
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
          <Act label="Application" shortcut="its name and location" onClick={onApplication} icon={<Boxes aria-hidden />} />
        </>
      ) : null}
      {view ? (
        <fieldset className="ml-auto flex shrink-0 rounded-md border border-line-strong p-px">
          <legend className="sr-only">Panes</legend>
          {VIEWS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view.value === one}
              onClick={() => view.onChange(one)}
              className={cx(
                'h-6 rounded-sm px-2 text-sm',
                view.value === one ? 'bg-accent-soft font-medium text-ink' : 'text-ink-2 hover:text-ink',
              )}
            >
              {VIEW_TEXTS[one]}
            </button>
          ))}
        </fieldset>
      ) : null}
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
