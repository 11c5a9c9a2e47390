'use client';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { useSavedViews } from './saved-views.ts';

/** Keeps this screen as it is now under a name, and lists those that were kept. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  const { views, save, forget } = useSavedViews();
  const [name, setName] = useState('');
  const isNew = !views.some((view) => view.name === name.trim());
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Saved views"
      description="A view is a screen with its filters and selection. Views are kept in this browser."
    >
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save({ name: name.trim(), href: `${window.location.pathname}${window.location.search}` });
          onClose();
        }}
      >
        <Field label="Name of this view" className="min-w-0 flex-1">
          <Input value={name} maxLength={80} placeholder="Failed today" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" variant="primary" disabled={name.trim() === ''}>
          {isNew ? 'Save' : 'Replace'}
        </Button>
      </form>
      {views.length > 0 ? (
        <ul aria-label="Saved views" className="mt-4 border-t border-line">
          {views.map((view) => (
            <li key={view.name} className="flex min-h-row items-center gap-3 border-b border-line last:border-b-0">
              <Link href={view.href} onClick={onClose} className="min-w-0 flex-1 truncate hover:underline">
                {view.name}
                <span className="ml-2 font-mono text-xs text-ink-3">{view.href}</span>
              </Link>
              <Button variant="ghost" square aria-label={`Forget ${view.name}`} onClick={() => forget(view.name)}>
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}
