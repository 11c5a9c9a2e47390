import { cx } from './cx.ts';
import type { Tone } from './state-look.ts';

export interface ProgressProps {
  /** 0-1; null when the end is not known. */
  value: number | null;
  /** What is going on, for screen readers. */
  label: string;
  className?: string;
}

export function Progress({ value, label, className }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? {} : { 'aria-valuenow': Math.round(value * 100) })}
      className={cx('h-1 overflow-hidden rounded-full bg-off-soft', className)}
    >
      <div
        className={cx('h-full rounded-full bg-busy transition-[width] duration-300', value === null && 'w-1/3 animate-pulse')}
        style={value === null ? undefined : { width: `${Math.min(1, Math.max(0, value)) * 100}%` }}
      />
    </div>
  );
}

const FILLS: Readonly<Record<Tone, string>> = {
  ok: 'bg-ink-3',
  busy: 'bg-busy',
  warn: 'bg-warn',
  bad: 'bg-bad',
  off: 'bg-line-strong',
  unknown: 'bg-line-strong',
};

/** How much of something is used. Neutral up to 80 %, amber up to 95 %, then red; hatched when the share is not known. */
export function Meter({ share, label, className }: { share: number | null; label: string; className?: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn alike in all browsers
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? 0 : Math.round(share * 100)}
      aria-valuetext={share === null ? 'unknown' : undefined}
      className={cx('h-1.5 overflow-hidden rounded-full bg-off-soft', share === null && 'hatched', className)}
    >
      {share === null ? null : (
        <div
          className={cx('h-full rounded-full transition-[width] duration-500', FILLS[meterTone(share)])}
          style={{ width: `${Math.min(1, Math.max(0.01, share)) * 100}%` }}
        />
      )}
    </div>
  );
}

function meterTone(share: number): Tone {
  if (share >= 0.95) return 'bad';
  return share >= 0.8 ? 'warn' : 'ok';
}
