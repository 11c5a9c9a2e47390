import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What the thing is, in a sentence or two. */
  children: ReactNode;
  /** The primary act, and an example to start from. */
  actions?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-start gap-3 px-4 py-16">
      <Icon aria-hidden strokeWidth={1.5} className="size-6 text-ink-3" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="text-ink-2">{children}</div>
      {actions ? <div className="flex flex-wrap gap-2 pt-1">{actions}</div> : null}
    </div>
  );
}
