'use client';
import { formatAbsolute, formatAge, formatDuration, formatRelative } from './format-time.ts';
import { Tooltip } from './tooltip.tsx';
import { useNow } from './use-now.ts';

export interface TimeProps {
  /** Milliseconds since the epoch. */
  at: number;
  /** `age` drops the word `ago`, for table columns. */
  mode?: 'relative' | 'age';
}

/** Relative, with the absolute time in local and UTC on hover or focus. */
export function Time({ at, mode = 'relative' }: TimeProps) {
  const now = useNow();
  const text = now === 0 ? formatAbsolute(at, 'UTC') : mode === 'age' ? formatAge(now - at) : formatRelative(at, now);
  return (
    <Tooltip content={<AbsoluteTime at={at} />}>
      <time dateTime={new Date(at).toISOString()} className="tabular" suppressHydrationWarning>
        {text}
      </time>
    </Tooltip>
  );
}

/** How long something has lasted: counts on while `endedAt` is null. */
export function Duration({ startedAt, endedAt }: { startedAt: number; endedAt: number | null }) {
  const now = useNow();
  return <span className="tabular">{formatDuration((endedAt ?? Math.max(now, startedAt)) - startedAt)}</span>;
}

function AbsoluteTime({ at }: { at: number }) {
  return (
    <span className="grid grid-cols-[auto_auto] gap-x-2 tabular">
      <span>{formatAbsolute(at)}</span>
      <span className="text-ink-3">local</span>
      <span>{formatAbsolute(at, 'UTC')}</span>
      <span className="text-ink-3">UTC</span>
    </span>
  );
}
