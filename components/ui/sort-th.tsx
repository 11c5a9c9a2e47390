'use client';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cx } from './cx.ts';
import { nextSort } from './sort-order.ts';
import { Th } from './table.tsx';

export interface SortThProps {
  label: string;
  column: string;
  /** As in the URL. */
  sort: string;
  onSort: (sort: string) => void;
  /** The largest are looked for. */
  downFirst?: boolean;
  /** Numbers stand at the right. */
  right?: boolean;
  className?: string;
}

/** The head of a column by which rows can be sorted. */
export function SortTh({ label, column, sort, onSort, downFirst = false, right = false, className }: SortThProps) {
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
  const Icon = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[direction];
  return (
    <Th aria-sort={direction} className={cx(right && 'text-right', className)}>
      <button
        type="button"
        onClick={() => onSort(nextSort(sort, column, downFirst))}
        className={cx(
          'group -mx-1 inline-flex h-6 items-center gap-1 rounded-md px-1 hover:bg-hover hover:text-ink',
          direction !== 'none' && 'text-ink',
          right && 'flex-row-reverse',
        )}
      >
        {label}
        <Icon
          aria-hidden
          className={cx('size-3', direction === 'none' && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100')}
        />
      </button>
    </Th>
  );
}
