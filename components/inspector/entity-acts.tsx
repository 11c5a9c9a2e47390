'use client';
import { ArrowRightLeft, Play, RotateCw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { TerminalButton } from '@/components/terminal/terminal-button.tsx';
import { Button } from '@/components/ui/button.tsx';
import { HOST_TYPE } from '@/server/domain/cloud/host-type.ts';
import { QUARANTINE_GROUP } from '@/server/domain/cluster/members.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { LifecycleActs } from './lifecycle-acts.tsx';
import { MoveEntity } from './move-entity.tsx';
import { ReleaseHost } from './release-host.tsx';
import { ScaleControl } from './scale-control.tsx';
import { useEffector } from './use-effector.ts';

/** One click to start, restart or scale; stopping asks first and lists what stops. */
export function EntityActs({ entity }: { entity: Entity }) {
  const may = useMay('operate');
  const effector = useEffector(entity.id);
  const [asking, setAsking] = useState(false);
  if (!may) return null;
  if (entity.type === HOST_TYPE) return <HostActs entity={entity} />;
  if (entity.goal === 'destroyed' || entity.type === QUARANTINE_GROUP) return null;
  const running = entity.goal === 'running';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {entity.size !== null && running ? <ScaleControl name={entity.name} size={entity.size} onResize={effector.resize} /> : null}
      <LifecycleActs entity={entity} />
      {running && entity.instanceId && !entity.machine ? (
        <Button onClick={() => setAsking(true)} disabled={entity.moveFrom !== undefined}>
          <ArrowRightLeft aria-hidden />
          Move…
        </Button>
      ) : null}
      {running && entity.instanceId ? <TerminalButton permission="terminal" href={`/terminal?entity=${entity.id}`} /> : null}
      {asking ? <MoveEntity entity={entity} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

/** A host of a Docker cloud is tried again or given back; what runs on it is started and stopped by itself. */
function HostActs({ entity }: { entity: Entity }) {
  const effector = useEffector(entity.id);
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {entity.goal === 'running' && entity.actual === 'ON_FIRE' ? (
        <Button onClick={effector.restart} disabled={effector.busy}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      ) : null}
      {entity.goal === 'stopped' ? (
        <Button onClick={effector.start} disabled={effector.busy}>
          <Play aria-hidden />
          Start
        </Button>
      ) : null}
      <Button onClick={() => setAsking(true)}>
        <Undo2 aria-hidden />
        Release
      </Button>
      {asking ? <ReleaseHost entity={entity} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}
