import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-4 min-w-4 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-ink-3',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
