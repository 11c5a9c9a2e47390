'use client';
import { Play, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { StopEntity } from './stop-entity.tsx';
import { useEffector } from './use-effector.ts';

/** One click to start or restart; stopping asks first and lists what stops. */
export function LifecycleActs({ entity }: { entity: Entity }) {
  const effector = useEffector(entity.id);
  const [asking, setAsking] = useState(false);
  if (entity.goal !== 'running') {
    return (
      <Button onClick={effector.start} disabled={effector.busy}>
        <Play aria-hidden />
        Start
      </Button>
    );
  }
  return (
    <>
      <Button onClick={effector.restart} disabled={effector.busy}>
        <RotateCw aria-hidden />
        Restart
      </Button>
      <Button onClick={() => setAsking(true)} disabled={effector.busy}>
        <Square aria-hidden />
        Stop
      </Button>
      {asking ? <StopEntity entity={entity} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
