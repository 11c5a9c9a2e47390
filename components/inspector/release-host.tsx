'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';

/** Gives the machine of one host of a Docker cloud back; says what is on it, and what forcing it means. */
export function ReleaseHost({ entity, onClose }: { entity: Entity; onClose: () => void }) {
  const trpc = useTRPC();
  const [shrink, setShrink] = useState(false);
  const [force, setForce] = useState(entity.goal === 'destroyed');
  const release = useMutation(trpc.entity.effector.mutationOptions({ onSuccess: onClose }));
  const host = useRecords('host').find(({ origin }) => origin?.entityId === entity.id);
  const containers = useRecords('instance').filter(({ hostId }) => hostId === host?.id);
  const items = containers.map(({ containerName }) => containerName);
  const foreign = host?.foreignContainers ?? 0;
  return (
    <ActDialog
      act={release}
      onClose={onClose}
      title={`Release ${entity.name}?`}
      description="Its machine goes back to where it came from. A machine that was made for the cloud is gone then, with what is on it."
      victims={[
        ...(items.length > 0
          ? [{ title: formatCount(items.length, 'container is on it', 'containers are on it'), items, lost: force }]
          : []),
        ...(foreign > 0
          ? [{ title: formatCount(foreign, 'container of others is on it', 'containers of others are on it'), items: [] }]
          : []),
      ]}
      action={`Release ${entity.name}`}
      typeToConfirm={force && (items.length > 0 || foreign > 0) ? entity.name : undefined}
      onConfirm={() =>
        release.mutate({ entityId: entity.id, effector: 'release', parameters: { force, afterwards: shrink ? 'shrink' : 'replace' } })
      }
    >
      {entity.goal === 'destroyed' ? null : (
        <Checkbox
          checked={shrink}
          onChange={setShrink}
          label="Make the cloud one host smaller"
          hint="Left unticked, another machine is taken for it."
        />
      )}
      <Checkbox
        checked={force}
        onChange={setForce}
        label="By force"
        hint="Also where it cannot be reached or holds something: what is on it of ours is forgotten, and starts elsewhere."
      />
    </ActDialog>
  );
}
