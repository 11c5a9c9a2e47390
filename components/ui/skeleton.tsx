import { cx } from './cx.ts';

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('skeleton block h-3.5', className ?? 'w-24')} />;
}

const WIDTHS = ['w-20', 'w-40', 'w-16', 'w-28', 'w-12', 'w-24'];
const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Rows in the shape of a table that is on its way; at most 8. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {ROWS.slice(0, rows).map((row, index) => (
        <div key={row} className="flex h-row items-center gap-6 overflow-hidden border-b border-line px-4">
          {WIDTHS.map((width, column) => (
            <Skeleton key={width} className={cx('shrink-0', WIDTHS[(index * 2 + column) % WIDTHS.length])} />
          ))}
        </div>
      ))}
    </div>
  );
}
