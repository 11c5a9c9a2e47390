'use client';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface ControlProps {
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

export interface FieldProps {
  label: ReactNode;
  /** Said under the control while there is no error. */
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  /** One control; it is given its id, description and validity. */
  children: ReactElement<ControlProps>;
}

export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  const control = cloneElement(children, {
    id,
    'aria-describedby': note ? noteId : undefined,
    'aria-invalid': error ? true : undefined,
  });
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {label}
      </label>
      {control}
      {note ? (
        <p id={noteId} className={cx('text-sm', error ? 'text-bad' : 'text-ink-3')} role={error ? 'alert' : undefined}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
