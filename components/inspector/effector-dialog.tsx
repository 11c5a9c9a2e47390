'use client';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SchemaForm } from '@/components/ui/schema-form.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { EffectorView } from '@/server/api/entity/types.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { JsonObject } from '@/server/domain/shared/json.ts';
import { effectorVictims } from './effector-victims.ts';

export interface EffectorDialogProps {
  entity: Pick<Entity, 'id' | 'name' | 'size'>;
  effector: EffectorView;
  /** Filled in to begin with: those of the call that is made again. */
  parameters?: JsonObject;
  onClose: () => void;
}

/** Asks for the parameters of an effector and calls it; a destructive one lists what it ends and focuses Cancel. */
export function EffectorDialog({ entity, effector, parameters = {}, onClose }: EffectorDialogProps) {
  const trpc = useTRPC();
  const [value, setValue] = useState<JsonObject>(parameters);
  const call = useMutation(trpc.entity.effector.mutationOptions({ onSuccess: onClose }));
  const victims = useLive<readonly Victims[]>(
    ['application', 'entity', 'instance', 'host'],
    useCallback(
      (tables: LiveTables) => effectorVictims({ effector: effector.name, parameters: value }, entity, tables),
      [effector.name, value, entity],
    ),
  );
  const title = `${titleOf(effector.name)} ${entity.name}`;
  const send = () => call.mutate({ entityId: entity.id, effector: effector.name, parameters: value });
  const form = <SchemaForm schema={effector.parametersSchema} value={value} onChange={setValue} />;
  if (effector.destructive) {
    return (
      <ActDialog
        act={call}
        onClose={onClose}
        title={`${title}?`}
        description={`${effector.description}.`}
        victims={victims}
        action={title}
        onConfirm={send}
      >
        {form}
      </ActDialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      description={`${effector.description}.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={call.isPending} onClick={send}>
            {title}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {form}
        {call.error ? <ErrorState error={toErrorView(call.error)} compact /> : null}
      </div>
    </Dialog>
  );
}

/** `resize` → `Resize`, `replaceMember` → `Replace member` */
export function titleOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
