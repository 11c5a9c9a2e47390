'use client';
import { AlertDialog as Radix } from 'radix-ui';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { ErrorView } from '@/server/domain/shared/clocker-error.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { FLOATING } from './dialog.tsx';
import { ErrorState } from './error-state.tsx';
import { Input } from './input.tsx';

export interface Victims {
  /** `3 containers stop` */
  readonly title: string;
  readonly items: readonly string[];
  /** What is lost for good is shown in red. */
  readonly lost?: boolean;
}

export interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  victims: readonly Victims[];
  /** Choices that change what happens, between the list and the buttons. */
  children?: ReactNode;
  /** The verb: `Delete shop-staging`. */
  action: string;
  /** The name to type first; only given where data is lost. */
  typeToConfirm?: string | undefined;
  busy?: boolean;
  error?: ErrorView | null;
  onConfirm: () => void;
}

/** Asks before something is destroyed: lists what stops and what dies, focus starts on Cancel. */
export function AlertDialog(props: AlertDialogProps) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <AlertContent {...props} />
      </Radix.Portal>
    </Radix.Root>
  );
}

function AlertContent({ title, description, victims, children, action, typeToConfirm, busy, error, onConfirm }: AlertDialogProps) {
  const [typed, setTyped] = useState('');
  const cancel = useRef<HTMLButtonElement>(null);
  const inputId = useId();
  const confirmed = typeToConfirm === undefined || typed === typeToConfirm;
  return (
    <Radix.Content
      className={cx(FLOATING, 'max-w-lg')}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        cancel.current?.focus();
      }}
    >
      <header className="border-b border-line px-4 py-3">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        <Radix.Description className="text-ink-2">{description ?? 'This cannot be undone.'}</Radix.Description>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4">
        {victims.map((group) => (
          <VictimList key={group.title} {...group} />
        ))}
        {children}
        {typeToConfirm === undefined ? null : (
          <div className="flex flex-col gap-1">
            <label htmlFor={inputId} className="text-sm text-ink-2">
              Type <code className="rounded-sm bg-sunken px-1 text-ink">{typeToConfirm}</code> to confirm
            </label>
            <Input id={inputId} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
          </div>
        )}
        {error ? <ErrorState error={error} compact /> : null}
      </div>
      <footer className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">
        <Radix.Cancel asChild>
          <Button ref={cancel}>Cancel</Button>
        </Radix.Cancel>
        <Button variant="danger" disabled={!confirmed} busy={busy ?? false} onClick={onConfirm}>
          {action}
        </Button>
      </footer>
    </Radix.Content>
  );
}

function VictimList({ title, items, lost }: Victims) {
  return (
    <section>
      <h3 className={cx('text-base font-medium', lost && 'text-bad')}>{title}</h3>
      {items.length > 0 ? (
        <ul className="mt-1 max-h-40 overflow-y-auto rounded-md border border-line bg-sunken px-3 py-1.5 text-sm">
          {items.map((item) => (
            <li key={item} className="truncate font-mono leading-5">
              {item}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
