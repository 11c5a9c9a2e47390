import type { ReactNode } from 'react';
import { Badge } from './badge.tsx';
import { cx } from './cx.ts';
import type { StateLook, Tone } from './state-look.ts';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  ok: 'text-ok',
  busy: 'text-busy',
  warn: 'text-warn',
  bad: 'text-bad',
  off: 'text-off',
  unknown: 'text-off',
};

export interface StateBadgeProps {
  look: StateLook;
  /** Added after the word: `2/3`, an age. */
  note?: ReactNode;
  className?: string;
}

export function StateBadge({ look, note, className }: StateBadgeProps) {
  return (
    <Badge tone={look.tone} {...(className ? { className } : {})}>
      <StateIcon look={look} />
      {look.text}
      {note ? <span className="font-normal tabular">{note}</span> : null}
    </Badge>
  );
}

/** The icon alone, for dense places; the word stays readable for screen readers where `label` says so. */
export function StateIcon({ look, label, className }: { look: StateLook; label?: boolean; className?: string }) {
  const Icon = look.icon;
  return (
    <>
      <Icon
        aria-hidden
        strokeWidth={2.25}
        className={cx('size-3.5 shrink-0', TONE_TEXT[look.tone], look.turning && 'animate-turn', className)}
      />
      {label ? <span className="sr-only">{look.text}</span> : null}
    </>
  );
}
