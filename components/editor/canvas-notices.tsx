'use client';
import { PencilRuler, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';

/** How to begin. */
export function EmptyCanvas({ isAdding, onAdd }: { isAdding: boolean; onAdd: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center *:pointer-events-auto">
      <EmptyState
        icon={PencilRuler}
        title="Draw an application"
        actions={
          isAdding ? undefined : (
            <Button variant="primary" onClick={onAdd}>
              Add the first part
            </Button>
          )
        }
      >
        Take services, clusters and networks from the palette, by click or by dragging. Pull a wire from one part to another to tell it
        where the other is. The YAML beside it is the same blueprint: write in either.
      </EmptyState>
    </div>
  );
}

interface NoticeProps {
  tone: 'warn' | 'bad' | 'note';
  icon: ReactNode;
  onClose?: () => void;
  children: ReactNode;
}

const NOTICES = { warn: 'text-warn', bad: 'text-bad', note: 'text-busy' } as const;

/** Said over the canvas, in its place. */
export function Notice({ tone, icon, onClose, children }: NoticeProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx(
        'flex items-start gap-2 rounded-md border border-line bg-raised px-3 py-2 text-sm shadow-float [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0',
        NOTICES[tone],
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 text-ink">{children}</span>
      {onClose ? (
        <Button variant="ghost" square aria-label="Dismiss" onClick={onClose} className="size-5!">
          <X aria-hidden />
        </Button>
      ) : null}
    </div>
  );
}
