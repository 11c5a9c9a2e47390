'use client';
import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

const BOX =
  'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent';
const TICK = 'size-3 text-accent-ink';

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export function Checkbox({ checked, onChange, label, hint, disabled }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        {...(disabled ? { disabled } : {})}
        className={cx(BOX, 'mt-0.5')}
      >
        <Radix.Indicator>
          <Check aria-hidden strokeWidth={3} className={TICK} />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className="select-none">
        {label}
        {hint ? <span className="block text-sm text-ink-3">{hint}</span> : null}
      </label>
    </div>
  );
}

export interface RowCheckboxProps {
  /** `some`: of several rows not all. */
  checked: boolean | 'some';
  /** `withShift`: also all rows between this one and the one before. */
  onChange: (checked: boolean, withShift: boolean) => void;
  /** Read aloud; nothing is written beside it. */
  label: string;
}

/** Chooses a row of a table, or all of them. */
export function RowCheckbox({ checked, onChange, label }: RowCheckboxProps) {
  return (
    <span className="relative inline-flex size-control items-center justify-center align-middle">
      <Radix.Root
        checked={checked === 'some' ? 'indeterminate' : checked}
        aria-label={label}
        onClick={(event) => {
          event.preventDefault();
          onChange(checked !== true, event.shiftKey);
        }}
        className={cx(BOX, 'after:absolute after:inset-0')}
      >
        <Radix.Indicator>
          {checked === 'some' ? (
            <Minus aria-hidden strokeWidth={3} className={TICK} />
          ) : (
            <Check aria-hidden strokeWidth={3} className={TICK} />
          )}
        </Radix.Indicator>
      </Radix.Root>
    </span>
  );
}
