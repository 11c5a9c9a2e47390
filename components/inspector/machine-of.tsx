'use client';
import Link from 'next/link';
import { useRecords } from '@/components/live/use-live.ts';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';

/** The machine of a host of a Docker cloud, or of one process: where it comes from, and the host that it has become. */
export function MachineOf({ entity }: { entity: Entity }) {
  const host = useRecords('host').find(({ origin }) => origin?.entityId === entity.id);
  const { machine } = entity;
  return (
    <section aria-label="Machine">
      <h2 className="mb-1 text-sm font-semibold">Machine</h2>
      <DefinitionList
        items={[
          ['From', machine ? `${machine.provisioner}: ${machine.machine}` : 'none yet'],
          [
            'Host',
            host ? (
              <span key="host" className="flex flex-wrap items-center gap-2">
                <Link href={`/hosts/${host.id}`} className="text-accent-text underline underline-offset-2">
                  {host.name}
                </Link>
                <StateBadge look={hostLook(host.state)} />
              </span>
            ) : (
              'none yet'
            ),
          ],
          ...(entity.waitingFor && !entity.instanceId ? [['Waits for', entity.waitingFor] as const] : []),
        ]}
      />
    </section>
  );
}
