'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { AlertDialog } from '@/components/ui/alert-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { CatalogRecord } from '@/server/domain/shared/records.ts';

/** Deprecate, disable, remove; for administrators. */
export function CatalogItemActs({ item, onRemoved }: { item: CatalogRecord; onRemoved: () => void }) {
  const trpc = useTRPC();
  const mayAdminister = useMay('administer');
  const [removing, setRemoving] = useState(false);
  const change = useMutation(trpc.catalog.change.mutationOptions());
  if (!mayAdminister) return null;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button busy={change.isPending} onClick={() => change.mutate({ id: item.id, deprecated: !item.deprecated })}>
          {item.deprecated ? 'No longer deprecated' : 'Deprecate'}
        </Button>
        <Button busy={change.isPending} onClick={() => change.mutate({ id: item.id, disabled: !item.disabled })}>
          {item.disabled ? 'Enable' : 'Disable'}
        </Button>
        <Button variant="danger-ghost" onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      {change.error ? <ErrorState error={toErrorView(change.error)} compact /> : null}
      {removing ? <RemoveItem item={item} onClose={() => setRemoving(false)} onRemoved={onRemoved} /> : null}
    </>
  );
}

function RemoveItem({ item, onClose, onRemoved }: { item: CatalogRecord; onClose: () => void; onRemoved: () => void }) {
  const trpc = useTRPC();
  const users = useRecords('entity', (entity) => entity.spec.catalogItem === item.id);
  const others = useRecords('catalogItem', (other) => other.id !== item.id && mentions(other, item));
  const remove = useMutation(
    trpc.catalog.remove.mutationOptions({
      onSuccess: () => {
        onClose();
        onRemoved();
      },
    }),
  );
  return (
    <AlertDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Remove ${item.id}?`}
      description="Blueprints that name it can no longer be deployed or updated."
      victims={[
        ...(users.length > 0
          ? [
              {
                title: `${formatCount(users.length, 'entity was', 'entities were')} made from it and keep running`,
                items: users.map(({ name }) => name),
              },
            ]
          : []),
        ...(others.length > 0
          ? [
              {
                title: `${formatCount(others.length, 'other type names', 'other types name')} it`,
                items: others.map(({ id }) => id),
                lost: true,
              },
            ]
          : []),
        ...(users.length + others.length === 0 ? [{ title: 'Nothing uses it.', items: [] }] : []),
      ]}
      action={`Remove ${item.id}`}
      busy={remove.isPending}
      error={remove.error ? toErrorView(remove.error) : null}
      onConfirm={() => remove.mutate({ id: item.id })}
    />
  );
}

function mentions(other: CatalogRecord, { symbolicName }: CatalogRecord): boolean {
  return other.text.split(/[\s"',\]}]+/).some((word) => word === symbolicName || word.startsWith(`${symbolicName}:`));
}
