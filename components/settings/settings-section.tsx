import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';

export interface SettingsSectionProps {
  /** What this is about, in a sentence or two. */
  about: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function SettingsSection({ about, actions, children }: SettingsSectionProps) {
  return (
    <section>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 py-4">
        <p className="min-w-0 max-w-2xl flex-1 basis-80 text-ink-2">{about}</p>
        {actions ? <div className="ml-auto flex gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}

interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** A query as rows: skeleton while it is asked for, its error in place with a way on. */
export function QueryRows<T>({ query, children }: { query: Loaded<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return <ErrorState error={toErrorView(query.error)} actions={<Button onClick={() => query.refetch()}>Try again</Button>} />;
  return <SkeletonRows rows={4} />;
}
