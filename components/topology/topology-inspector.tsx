'use client';
import { MousePointerClick } from 'lucide-react';
import Link from 'next/link';
import { EntityActs } from '@/components/inspector/entity-acts.tsx';
import { EntityOverview } from '@/components/inspector/entity-overview.tsx';
import { EntityBadge } from '@/components/live/entity-badge.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatBytes, formatCount, formatCpus } from '@/components/ui/format-quantity.ts';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { Time } from '@/components/ui/time.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { TopologyGraph } from './topology-graph.ts';

/** What is selected on the canvas; what waits for a host when nothing is. */
export function TopologyInspector({ selected, graph }: { selected: string; graph: TopologyGraph }) {
  const instance = useRecord('instance', selected);
  const entity = useRecord('entity', instance?.entityId);
  const host = useRecord('host', selected);
  return (
    <aside aria-label="Inspector" className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-surface">
      {entity ? <EntityPart entity={entity} /> : host ? <HostPart host={host} graph={graph} /> : <NothingSelected graph={graph} />}
    </aside>
  );
}

function EntityPart({ entity }: { entity: Entity }) {
  return (
    <>
      <header className="flex flex-col gap-2 border-b border-line p-4">
        <span className="flex flex-wrap items-center gap-2">
          <h2 className="text-lg font-semibold">{entity.name}</h2>
          <EntityBadge entity={entity} />
        </span>
        <EntityActs entity={entity} />
        <span className="flex gap-3 text-sm">
          <Link
            className="text-accent-text underline underline-offset-2"
            href={`/applications/${entity.applicationId}?entity=${entity.id}`}
          >
            Open
          </Link>
          <Link
            className="text-accent-text underline underline-offset-2"
            href={`/applications/${entity.applicationId}?entity=${entity.id}&tab=logs`}
          >
            Logs
          </Link>
        </span>
      </header>
      <EntityOverview entity={entity} />
    </>
  );
}

function HostPart({ host, graph }: { host: Host; graph: TopologyGraph }) {
  const containers = graph.containers.filter((container) => container.hostId === host.id).length;
  return (
    <div className="flex flex-col gap-4 p-4">
      <span className="flex flex-wrap items-center gap-2">
        <h2 className="text-lg font-semibold">{host.name}</h2>
        <StateBadge look={hostLook(host.state)} />
      </span>
      {host.reason ? <p className="text-ink-2">{host.reason}</p> : null}
      <DefinitionList
        items={[
          ['Since', <Time key="since" at={host.since} />],
          ['Address', <code key="address">{`${host.user}@${host.address}:${host.port}`}</code>],
          ['Containers', `${containers} of ours, ${host.foreignContainers} of others`],
          ['Engine', host.facts ? `Docker ${host.facts.engineVersion}` : 'unknown'],
          ['Capacity', host.facts ? `${formatCpus(host.facts.cpus)}, ${formatBytes(host.facts.memoryBytes)}` : 'unknown'],
          ['System', host.facts ? `${host.facts.os}, ${host.facts.kernel}` : 'unknown'],
        ]}
      />
      <Button asChild className="self-start">
        <Link href={`/hosts/${host.id}`}>Open host</Link>
      </Button>
    </div>
  );
}

function NothingSelected({ graph }: { graph: TopologyGraph }) {
  if (graph.unplaced.length === 0) {
    return (
      <EmptyState icon={MousePointerClick} title="Select a host or a container">
        Its state, sensors and acts show here. Hover a container to light what it refers to.
      </EmptyState>
    );
  }
  return (
    <section className="p-4" aria-label="Waiting for a host">
      <h2 className="mb-2 font-semibold">{formatCount(graph.unplaced.length, 'entity waits', 'entities wait')}</h2>
      <ul className="flex flex-col gap-2 text-sm">
        {graph.unplaced.map((entity) => (
          <li key={entity.id}>
            <span className="font-medium">{entity.name}</span>
            <span className="block break-words text-ink-2">{entity.waitingFor}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
