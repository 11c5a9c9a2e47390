'use client';
import Link from 'next/link';
import { useRecord } from '@/components/live/use-live.ts';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook, instanceLook } from '@/components/ui/state-look.ts';
import { Time } from '@/components/ui/time.tsx';
import { HOST_TYPE } from '@/server/domain/cloud/host-type.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { EntityAlerts } from './entity-alerts.tsx';
import { ForwardCommand } from './forward-command.tsx';
import { MachineOf } from './machine-of.tsx';
import { MemberList } from './member-list.tsx';
import { NetworkList } from './network-list.tsx';
import { PlacementReasons } from './placement-reasons.tsx';
import { ProcessOf } from './process-of.tsx';
import { RoomList } from './room-list.tsx';
import { SensorList } from './sensor-list.tsx';
import { SnapshotList } from './snapshot-list.tsx';

/** State, place and sensors of one entity. */
export function EntityOverview({ entity }: { entity: Entity }) {
  const isOnMachine = entity.machine !== undefined && entity.type !== HOST_TYPE;
  const inContainer = entity.instanceId !== null && !isOnMachine;
  return (
    <div className="flex flex-col gap-5 p-4">
      <EntityAlerts entity={entity} />
      {entity.type === HOST_TYPE || isOnMachine ? <MachineOf entity={entity} /> : null}
      {entity.instanceId && !isOnMachine ? <Container instanceId={entity.instanceId} /> : null}
      {entity.instanceId ? <ProcessOf instanceId={entity.instanceId} /> : null}
      {inContainer || takesMembers(entity) ? <NetworkList entity={entity} /> : null}
      {inContainer || entity.snapshot ? <SnapshotList entity={entity} /> : null}
      <MemberList entity={entity} />
      <section aria-label="Sensors">
        <h2 className="mb-1 text-sm font-semibold">Sensors</h2>
        <SensorList entity={entity} />
      </section>
      {inContainer && entity.instanceId ? (
        <section aria-label="Placement">
          <h2 className="mb-1 text-sm font-semibold">Why this host</h2>
          <PlacementReasons instanceId={entity.instanceId} />
        </section>
      ) : null}
      {inContainer || takesMembers(entity) ? (
        <section aria-label="Room">
          <h2 className="mb-1 text-sm font-semibold">Room for more of it</h2>
          <RoomList entity={entity} />
        </section>
      ) : null}
    </div>
  );
}

/** A cluster of what runs in containers; hosts of a cloud are machines. */
function takesMembers({ spec: { memberSpec } }: Entity): boolean {
  return memberSpec !== null && memberSpec.type !== HOST_TYPE;
}

function Container({ instanceId }: { instanceId: string }) {
  const instance = useRecord('instance', instanceId);
  const host = useRecord('host', instance?.hostId);
  if (!instance) return null;
  return (
    <section aria-label="Container">
      <h2 className="mb-1 text-sm font-semibold">Container</h2>
      <DefinitionList
        items={[
          ['State', <StateBadge key="state" look={instanceLook(instance.state)} note={instance.ready ? 'ready' : undefined} />],
          [
            'Host',
            host ? (
              <span key="host" className="flex flex-wrap items-center gap-2">
                <Link href={`/hosts/${host.id}`} className="text-accent-text underline underline-offset-2">
                  {host.name}
                </Link>
                <StateBadge look={hostLook(host.state)} />
                {host.state === 'ready' ? null : <span className="text-ink-2">{host.reason}</span>}
              </span>
            ) : (
              'unknown'
            ),
          ],
          ['Image', <code key="image">{instance.spec.image}</code>],
          ['Name', <code key="name">{instance.containerName}</code>],
          ['Ports', instance.ports.map((port) => `${port.host}→${port.container}/${port.protocol}`).join(', ') || 'none'],
          ['Started', instance.startedAt ? <Time key="started" at={instance.startedAt} /> : 'not yet'],
          ...(instance.exitCode === null
            ? []
            : [['Exit code', `${instance.exitCode}${instance.oomKilled ? ', out of memory' : ''}`] as const]),
        ]}
      />
      <ForwardCommand instance={instance} />
    </section>
  );
}
