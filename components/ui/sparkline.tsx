import { cx } from './cx.ts';
import { type SparkPoint, sparklinePath } from './sparkline-path.ts';

export interface SparklineProps {
  points: readonly SparkPoint[];
  /** In pixels. */
  width?: number;
  height?: number;
  /** Value at the top edge; the largest value where it is not given. */
  max?: number;
  className?: string;
}

/** A small line without axes; the value beside it says what it means, so it is hidden from screen readers. */
export function Sparkline({ points, width = 72, height = 18, max, className }: SparklineProps) {
  const path = sparklinePath(points, { width, height, ...(max === undefined ? {} : { max }) });
  return (
    <svg
      aria-hidden="true"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={cx('shrink-0 text-ink-3', className)}
    >
      {path ? (
        <>
          <path d={`${path}V${height}H0Z`} fill="currentColor" opacity={0.12} />
          <path d={path} fill="none" stroke="currentColor" strokeWidth={1.25} strokeLinejoin="round" />
        </>
      ) : (
        <line x1={0} x2={width} y1={height - 1} y2={height - 1} stroke="currentColor" strokeOpacity={0.35} strokeDasharray="2 3" />
      )}
    </svg>
  );
}
