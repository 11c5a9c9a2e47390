'use client';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';
import { useStoredState } from './use-stored-state.ts';

export interface SplitPanesProps {
  /** Key under which the browser remembers the size. */
  id: string;
  children: readonly [ReactNode, ReactNode];
  /** Size of the second pane in pixels. */
  initial: number;
  min: number;
  max: number;
  /** Names the handle for screen readers: `Width of the inspector`. */
  label: string;
  className?: string;
}

/** Two panes side by side; the second keeps its width, the first takes the rest. Under 768 px they stack. */
export function SplitPanes({ id, children, initial, min, max, label, className }: SplitPanesProps) {
  const [stored, setStored] = useStoredState(`clocker.split.${id}`, initial);
  const start = useRef<{ readonly x: number; readonly size: number } | null>(null);
  const size = clamp(stored, min, max);

  const style: CSSProperties & { '--pane': string } = { '--pane': `${size}px` };

  const onPointerMove = (event: PointerEvent) => {
    if (start.current) setStored(clamp(start.current.size + start.current.x - event.clientX, min, max));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 64 : 16;
    if (event.key === 'ArrowLeft') setStored(clamp(size + step, min, max));
    if (event.key === 'ArrowRight') setStored(clamp(size - step, min, max));
  };
  return (
    <div className={cx('flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto', className)}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col max-md:flex-[1_0_auto]">{children[0]}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a window splitter that takes keys is role=separator, <hr> cannot be focused */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={size}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = { x: event.clientX, size };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          start.current = null;
        }}
        className="relative w-px shrink-0 cursor-col-resize touch-none bg-line transition-colors before:absolute before:inset-y-0 before:-inset-x-1 hover:bg-accent focus-visible:bg-accent max-md:hidden"
      />
      <div className="flex min-h-0 min-w-0 flex-col max-md:border-t md:w-(--pane) md:shrink-0" style={style}>
        {children[1]}
      </div>
    </div>
  );
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
