'use client';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

const ITEM =
  'flex h-7 cursor-default items-center gap-2 rounded-md px-2 text-base outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-3.5 [&_svg]:text-ink-3';

export interface DropdownProps {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  className?: string;
}

export function Dropdown({ trigger, children, align = 'end', className }: DropdownProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cx('z-50 animate-appear rounded-lg border border-line bg-raised p-1 shadow-float', className ?? 'min-w-44')}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface DropdownItemProps {
  icon?: ReactNode;
  children: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
  shortcut?: string;
}

export function DropdownItem({ icon, children, onSelect, disabled, danger, shortcut }: DropdownItemProps) {
  return (
    <Radix.Item
      className={cx(ITEM, danger && 'text-bad data-highlighted:bg-bad-soft [&_svg]:text-bad')}
      onSelect={onSelect}
      {...(disabled ? { disabled } : {})}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </Radix.Item>
  );
}

export function DropdownLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-3">{children}</Radix.Label>;
}

export function DropdownSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

/** One choice of several, ticked when it is the current one. */
export function DropdownChoice({
  checked,
  icon,
  children,
  onSelect,
}: {
  checked: boolean;
  icon?: ReactNode;
  children: ReactNode;
  onSelect: () => void;
}) {
  return (
    <Radix.CheckboxItem className={ITEM} checked={checked} onSelect={onSelect}>
      {icon}
      <span className="flex-1">{children}</span>
      <Radix.ItemIndicator className="text-accent-text">✓</Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}
