'use client';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

const VARIANTS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border border-transparent font-medium',
  secondary: 'bg-surface text-ink hover:bg-hover border border-line-strong',
  ghost: 'text-ink-2 hover:text-ink hover:bg-hover border border-transparent',
  danger: 'bg-bad-fill text-accent-ink hover:brightness-110 border border-transparent font-medium',
  'danger-ghost': 'text-bad hover:bg-bad-soft border border-transparent',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  /** Square, for a lone icon; needs an `aria-label`. */
  square?: boolean;
  /** Shows that the act is under way and refuses further clicks. */
  busy?: boolean;
  asChild?: boolean;
}

export function Button({ variant = 'secondary', square, busy, asChild, className, children, disabled, type, ...rest }: ButtonProps) {
  const classes = cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md text-base whitespace-nowrap select-none transition-colors',
    'disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50 aria-disabled:pointer-events-none [&_svg]:size-3.5 [&_svg]:shrink-0',
    square ? 'size-control' : 'h-control px-2.5',
    VARIANTS[variant],
    className,
  );
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type={type ?? 'button'} className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy ? <LoaderCircle aria-hidden className="animate-turn" /> : null}
      {busy && square ? null : children}
    </button>
  );
}
