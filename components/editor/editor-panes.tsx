'use client';
import type { ReactNode } from 'react';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { TabPanel, Tabs } from '@/components/ui/tabs.tsx';
import type { EditorView } from './editor-bar.tsx';

export type Side = 'inspector' | 'plan';
export type Pane = 'canvas' | 'yaml' | Side;

export interface EditorPanesProps {
  /** Under which the browser remembers sizes. */
  id: string;
  /** All are tabs. */
  narrow: boolean;
  view: EditorView;
  tab: Pane;
  onTab: (tab: Pane) => void;
  side: Side;
  onSide: (side: Side) => void;
  hasSelection: boolean;
  bar: ReactNode;
  canvas: ReactNode;
  yaml: ReactNode;
  inspector: ReactNode;
  /** Undefined where there is none. */
  plan: ReactNode;
}

const SIDES = [
  { value: 'plan', label: 'Plan' },
  { value: 'inspector', label: 'Selected' },
] as const;

/** The parts of the editor, side by side or as tabs. */
export function EditorPanes(props: EditorPanesProps) {
  return props.narrow ? <NarrowPanes {...props} /> : <WidePanes {...props} />;
}

function NarrowPanes({ tab, onTab, hasSelection, bar, canvas, yaml, inspector, plan }: EditorPanesProps) {
  const tabs = [
    { value: 'canvas', label: 'Canvas' },
    { value: 'yaml', label: 'YAML' },
    { value: 'inspector', label: hasSelection ? 'Selected' : 'Form' },
    ...(plan === undefined ? [] : [{ value: 'plan', label: 'Plan' } as const]),
  ] as const;
  return (
    <Tabs value={tab} onChange={onTab} tabs={tabs} label="Panes" className="flex-1">
      <TabPanel value="canvas" className="flex min-h-96 flex-col">
        {bar}
        {canvas}
      </TabPanel>
      <TabPanel value="yaml" className="flex flex-col">
        {yaml}
      </TabPanel>
      <TabPanel value="inspector" className="flex flex-col">
        {inspector}
      </TabPanel>
      {plan === undefined ? null : (
        <TabPanel value="plan" className="flex flex-col">
          {plan}
        </TabPanel>
      )}
    </Tabs>
  );
}

function WidePanes({ id, view, side, onSide, bar, canvas, yaml, inspector, plan }: EditorPanesProps) {
  // Without a plan it is a part of a page, and has less room.
  const [width, label] = plan === undefined ? ([300, 'Width of the form'] as const) : ([380, 'Width of the preview'] as const);
  return (
    <SplitPanes id={id} initial={width} min={280} max={640} label={label}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {bar}
        {view === 'canvas' ? canvas : null}
        {view === 'yaml' ? yaml : null}
        {view === 'both' ? (
          <SplitPanes id={`${id}.yaml`} initial={width - 20} min={240} max={900} label="Width of the YAML">
            {canvas}
            {yaml}
          </SplitPanes>
        ) : null}
      </div>
      {plan === undefined ? (
        inspector
      ) : (
        <Tabs value={side} onChange={onSide} tabs={SIDES} label="Side" className="flex-1 bg-ground">
          <TabPanel value="plan" className="flex flex-col">
            {plan}
          </TabPanel>
          <TabPanel value="inspector" className="flex flex-col">
            {inspector}
          </TabPanel>
        </Tabs>
      )}
    </SplitPanes>
  );
}
