'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { isPushed, type Snapshot } from '@/server/domain/snapshot/snapshot.ts';
import { recreationVictims, snapshotContents } from './snapshot-victims.ts';

export function TakeSnapshot({ entity, onClose }: { entity: Entity; onClose: () => void }) {
  const trpc = useTRPC();
  const instance = useRecord('instance', entity.instanceId);
  const [note, setNote] = useState('');
  const [pause, setPause] = useState(true);
  const take = useMutation(trpc.snapshot.take.mutationOptions({ onSuccess: onClose }));
  const volumes = instance?.spec.volumes.map(({ name, path }) => `${name} at ${path}`) ?? [];
  return (
    <FormDialog
      title={`Take a snapshot of ${entity.name}`}
      action="Take the snapshot"
      busy={take.isPending}
      error={take.error}
      onSubmit={() => take.mutate({ entityId: entity.id, note, pause })}
      onClose={onClose}
    >
      <p className="col-span-2 text-ink-2">
        An image of the container's own files is made on its host, and stays there.{' '}
        {volumes.length > 0 ? `Volumes are not in it: ${volumes.join(', ')}. ` : ''}
        Secret variables are left out; files that were written with secrets are in it.
      </p>
      <Field label="Note" hint="What it is for; may be left empty." className="col-span-2">
        <Input value={note} maxLength={200} placeholder="Before the upgrade" onChange={(event) => setNote(event.target.value)} />
      </Field>
      <div className="col-span-2">
        <Checkbox
          checked={pause}
          onChange={setPause}
          label="Hold the container still meanwhile"
          hint="It answers nobody until its files are read. Without it, files may not belong together."
        />
      </div>
    </FormDialog>
  );
}

interface OfSnapshot {
  snapshot: Snapshot;
  onClose: () => void;
}

export function RestoreSnapshot({ entity, snapshot, onClose }: OfSnapshot & { entity: Entity }) {
  const trpc = useTRPC();
  const instance = useRecord('instance', entity.instanceId);
  const host = useRecord('host', snapshot.hostId);
  const restore = useMutation(trpc.snapshot.restore.mutationOptions({ onSuccess: onClose }));
  const where = isPushed(snapshot) ? 'on any host that fits' : `on ${host?.name ?? 'its host'}, which has it`;
  return (
    <ActDialog
      act={restore}
      onClose={onClose}
      title={`Restore ${entity.name} from this snapshot?`}
      description={`It stops, and a new container starts from the snapshot's image ${where}. A blueprint that asks for another image ends this.`}
      victims={recreationVictims(entity.name, instance?.spec)}
      action={`Restore ${entity.name}`}
      onConfirm={() => restore.mutate({ snapshotId: snapshot.id })}
    />
  );
}

export function LeaveSnapshot({ entity, onClose }: { entity: Entity; onClose: () => void }) {
  const trpc = useTRPC();
  const instance = useRecord('instance', entity.instanceId);
  const leave = useMutation(trpc.snapshot.leave.mutationOptions({ onSuccess: onClose }));
  return (
    <ActDialog
      act={leave}
      onClose={onClose}
      title={`Take ${entity.name} back to the blueprint's image?`}
      description={`It stops, and a new container starts from ${entity.snapshot?.insteadOf ?? 'that image'}. The snapshot stays.`}
      victims={recreationVictims(entity.name, instance?.spec)}
      action="Back to the blueprint's image"
      onConfirm={() => leave.mutate({ entityId: entity.id })}
    />
  );
}

export function PushSnapshot({ snapshot, onClose }: OfSnapshot) {
  const trpc = useTRPC();
  const push = useMutation(trpc.snapshot.push.mutationOptions({ onSuccess: onClose }));
  const { files } = snapshot.secrets;
  return (
    <ActDialog
      act={push}
      onClose={onClose}
      title={`Push this snapshot of ${snapshot.entityName}?`}
      description="Everybody who may read the registry of its cloud has what is in it, and it stays there when the snapshot is removed."
      victims={snapshotContents(snapshot)}
      action={files.length > 0 ? 'Push it with these files' : 'Push it'}
      onConfirm={() => push.mutate({ snapshotId: snapshot.id, files: [...files] })}
    />
  );
}

export function RemoveSnapshot({ snapshot, onClose }: OfSnapshot) {
  const trpc = useTRPC();
  const remove = useMutation(trpc.snapshot.remove.mutationOptions({ onSuccess: onClose }));
  const host = useRecord('host', snapshot.hostId);
  const kept = isPushed(snapshot) && snapshot.push ? [{ title: 'This stays in the registry', items: [snapshot.push.reference] }] : [];
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove this snapshot of ${snapshot.entityName}?`}
      victims={[{ title: `An image on ${host?.name ?? 'its host'} is removed`, items: [snapshot.image], lost: true }, ...kept]}
      action="Remove the snapshot"
      onConfirm={() => remove.mutate({ snapshotId: snapshot.id })}
    />
  );
}
