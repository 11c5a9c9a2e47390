'use client';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SegmentsProps<Value extends string> {
  /** Undefined while none is chosen. */
  value: Value | undefined;
  onChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly label: ReactNode }[];
  /** Names the group for screen readers. */
  label: string;
  className?: string;
}

/** One of a few, all in sight. */
export function Segments<Value extends string>({ value, onChange, options, label, className }: SegmentsProps<Value>) {
  return (
    <fieldset className={cx('flex shrink-0 rounded-md border border-line-strong p-px', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={value === option.value}
          onClick={() => onChange(option.value)}
          className={cx(
            'h-6 rounded-sm px-2 text-sm',
            value === option.value ? 'bg-accent-soft font-medium text-ink' : 'text-ink-2 hover:text-ink',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
