'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  value: Value | undefined;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  /** Shown while nothing is chosen. */
  prompt?: string;
  disabled?: boolean;
  className?: string;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

export function Select<Value extends string>({
  value,
  options,
  onChange,
  prompt = 'Choose…',
  disabled,
  className,
  ...rest
}: SelectProps<Value>) {
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root value={value ?? ''} onValueChange={choose} {...(disabled ? { disabled } : {})}>
      <Radix.Trigger
        className={cx(
          'inline-flex h-control items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink',
          'hover:bg-hover disabled:opacity-60 data-placeholder:text-ink-3 aria-invalid:border-bad [&>span]:truncate',
          className,
        )}
        {...rest}
      >
        <Radix.Value placeholder={prompt} />
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="flex h-7 cursor-default items-center gap-2 rounded-md pr-2 pl-7 text-base outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <Radix.ItemIndicator className="absolute left-3">
                  <Check aria-hidden className="size-3.5 text-accent-text" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
