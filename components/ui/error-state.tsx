'use client';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorView } from '@/server/domain/shared/clocker-error.ts';
import { cx } from './cx.ts';

export interface ErrorStateProps {
  error: ErrorView;
  /** A box inside something else instead of a screen of its own. */
  compact?: boolean;
  /** The way on: Try again, Edit, … */
  actions?: ReactNode;
  className?: string;
}

/** What happened, why, what to do; the code leads to its page. */
export function ErrorState({ error, compact, actions, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cx(
        'flex gap-2.5',
        compact ? 'rounded-md border border-bad/30 bg-bad-soft px-3 py-2' : 'mx-auto max-w-xl px-4 py-16',
        className,
      )}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{error.message}</p>
        {error.hint ? <p className="break-words text-ink-2">{error.hint}</p> : null}
        <a
          href={`/help/codes#${error.code}`}
          className="font-mono text-xs text-ink-3 underline decoration-line-strong underline-offset-2 hover:text-ink"
        >
          {error.code}
        </a>
        {actions ? <div className="flex flex-wrap gap-2 pt-2">{actions}</div> : null}
      </div>
    </div>
  );
}
