'use client';
import { useQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { schemaFields } from '@/components/ui/schema-fields.ts';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { EffectorView } from '@/server/api/entity/types.ts';
import { HOST_TYPE } from '@/server/domain/cloud/host-type.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { EffectorDialog, titleOf } from './effector-dialog.tsx';
import { ReleaseHost } from './release-host.tsx';

/** Everything that an entity can be asked to do, each with its form. */
export function EffectorList({ entity }: { entity: Entity }) {
  const trpc = useTRPC();
  const may = useMay('operate');
  const effectors = useQuery(trpc.entity.effectors.queryOptions({ entityId: entity.id }));
  const [asked, setAsked] = useState<EffectorView | null>(null);
  const close = () => setAsked(null);
  if (effectors.error) return <ErrorState error={toErrorView(effectors.error)} compact className="m-4" />;
  if (!effectors.data) return <SkeletonRows rows={4} />;
  if (effectors.data.length === 0) {
    return (
      <EmptyState icon={Zap} title="No effectors">
        An effector is something that an entity can be asked to do. This one offers none.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label={`Effectors of ${entity.name}`} className="px-4 py-2">
        {effectors.data.map((effector) => (
          <li key={effector.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0">
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2">
                <span className="font-mono text-xs">{effector.name}</span>
                {effector.destructive ? <Badge tone="warn">may stop something</Badge> : null}
              </p>
              <p className="text-sm text-ink-2">
                {effector.description}
                {parametersText(effector)}
              </p>
            </div>
            {may ? (
              <Button aria-label={`${titleOf(effector.name)} ${entity.name}`} onClick={() => setAsked(effector)}>
                {titleOf(effector.name)}…
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {asked?.name === 'release' && entity.type === HOST_TYPE ? (
        <ReleaseHost entity={entity} onClose={close} />
      ) : asked ? (
        <EffectorDialog entity={entity} effector={asked} parameters={begin(asked, entity)} onClose={close} />
      ) : null}
    </>
  );
}

function parametersText({ parametersSchema }: EffectorView): string {
  const names = schemaFields(parametersSchema).map(({ name }) => name);
  return names.length === 0 ? '' : `. Takes ${names.join(', ')}`;
}

/** A size begins as what it is. */
function begin({ name }: EffectorView, { size }: Entity) {
  return name === 'resize' && size !== null ? { desiredSize: size } : {};
}
