import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { Td } from '@/components/ui/table.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';

export interface SettingsSectionProps {
  /** What this is about, in a sentence or two. */
  about: ReactNode;
  /** The button for one more. */
  add?: { readonly label: string; readonly icon: ReactNode; readonly onSelect: () => void };
  children: ReactNode;
}

export function SettingsSection({ about, add, children }: SettingsSectionProps) {
  return (
    <section>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 py-4">
        <p className="min-w-0 max-w-2xl flex-1 basis-80 text-ink-2">{about}</p>
        {add ? (
          <div className="ml-auto flex gap-2">
            <Button variant="primary" onClick={add.onSelect}>
              {add.icon}
              {add.label}
            </Button>
          </div>
        ) : null}
      </div>
      {children}
    </section>
  );
}

export interface RowActsProps {
  onEdit: () => void;
  onRemove: () => void;
  /** What else can be done with it, before these. */
  children?: ReactNode;
}

/** The last cell of a row. */
export function RowActs({ onEdit, onRemove, children }: RowActsProps) {
  return (
    <Td className="w-px whitespace-nowrap">
      <span className="flex justify-end gap-1">
        {children}
        <Button onClick={onEdit}>Edit</Button>
        <Button variant="danger-ghost" onClick={onRemove}>
          Remove
        </Button>
      </span>
    </Td>
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

export interface QueryListProps<T> {
  query: Loaded<readonly T[]>;
  /** In place of a list of nothing. */
  empty: ReactNode;
  children: (list: readonly T[]) => ReactNode;
}

/** The same for a query that gives a list. */
export function QueryList<T>({ query, empty, children }: QueryListProps<T>) {
  return <QueryRows query={query}>{(list) => (list.length === 0 ? empty : children(list))}</QueryRows>;
}
