'use client';
import { memo } from 'react';
import { cx } from '@/components/ui/cx.ts';
import type { Tone } from '@/components/ui/state-look.ts';

export interface OverviewCellProps {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  name: string;
  /** For screen readers and the tooltip: name and counts. */
  label: string;
  worst: Tone | null;
  isNamed: boolean;
  /** The one into which Tab leads. */
  isFirst: boolean;
  onOpen: (boxId: string) => void;
  onFocus: (boxId: string) => void;
}

/** A box of the overview: its dots are painted over it. */
export const OverviewCell = memo(function OverviewCell(props: OverviewCellProps) {
  const { id, x, y, width, height, name, label, worst, isNamed, isFirst, onOpen, onFocus } = props;
  return (
    <li className="absolute" style={{ left: x, top: y, width, height }}>
      <button
        type="button"
        data-box={id}
        title={label}
        aria-label={label}
        tabIndex={isFirst ? 0 : -1}
        onClick={() => onOpen(id)}
        onFocus={() => onFocus(id)}
        className={cx(
          'block size-full rounded-sm border bg-surface text-left hover:border-accent',
          worst === 'bad' ? 'border-bad' : worst === 'warn' ? 'border-warn' : 'border-line',
          worst === 'unknown' && 'hatched',
        )}
      >
        {isNamed ? <span className="absolute inset-x-1.5 top-0.5 truncate text-2xs text-ink-2">{name}</span> : null}
      </button>
    </li>
  );
});
