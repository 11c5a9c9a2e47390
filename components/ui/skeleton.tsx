import { cx } from './cx.ts';

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('skeleton block h-3.5', className ?? 'w-24')} />;
}

/** Rows in the shape of a table that is on its way. */
export function SkeletonRows({ rows = 6, columns = 5 }: { rows?: number; columns?: number }) {
  const widths = ['w-20', 'w-40', 'w-16', 'w-28', 'w-12', 'w-24'];
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-row items-center gap-6 border-b border-line px-4">
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton key={column} className={widths[(row + column * 2) % widths.length] ?? 'w-24'} />
          ))}
        </div>
      ))}
    </div>
  );
}
