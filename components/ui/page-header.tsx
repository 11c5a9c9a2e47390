import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  /** After the title: state, counts. */
  note?: ReactNode;
  /** Filter and buttons at the right. */
  children?: ReactNode;
}

export function PageHeader({ title, note, children }: PageHeaderProps) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
      <h1 className="text-lg font-semibold">{title}</h1>
      {note ? <span className="text-ink-3">{note}</span> : null}
      {children ? <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0 max-sm:w-full">{children}</div> : null}
    </header>
  );
}
