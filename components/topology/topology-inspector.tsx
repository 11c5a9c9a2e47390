'use client';
import { MousePointerClick, Unplug } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { toMembership } from '@/components/canvas/membership-edges.ts';
import { EntityActs } from '@/components/inspector/entity-acts.tsx';
import { EntityOverview } from '@/components/inspector/entity-overview.tsx';
import { EntityBadge } from '@/components/live/entity-badge.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { NetworkDetails } from '@/components/networks/network-details.tsx';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatBytes, formatCount, formatCpus } from '@/components/ui/format-quantity.ts';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { Time } from '@/components/ui/time.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import { OtherEnd } from './other-end.tsx';
import { PairInspector } from './pair-inspector.tsx';
import { isLarge, type TopologyGraph } from './topology-graph.ts';

export interface TopologyInspectorProps {
  selected: string;
  second: string;
  graph: TopologyGraph;
  onChoose: (id: string, isSecond: boolean) => void;
  onAnswer: (answer: ReachAnswer | null) => void;
  onDetach: (instanceId: string, networkId: string) => void;
}

/** What is selected on the canvas; what waits for a host when nothing is. */
export function TopologyInspector({ selected, second, graph, onChoose, onAnswer, onDetach }: TopologyInspectorProps) {
  const membership = toMembership(selected);
  const instanceId = membership?.[0] ?? selected;
  const first = useRecord('instance', instanceId);
  const onIt = graph.containers.find((one) => one.instanceId === instanceId)?.networkIds ?? [];
  const joined = graph.networks.find(({ network }) => network.id === membership?.[1] && onIt.includes(network.id))?.network;
  const may = useMay('operate');
  const other = useRecord('instance', second);
  const entity = useRecord('entity', first?.entityId);
  const host = useRecord('host', selected);
  const row = graph.networks.find(({ network }) => network.id === selected);
  if (row) return <NetworkDetails row={row} onClose={() => onChoose('', false)} />;
  return (
    <aside aria-label="Inspector" className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-surface">
      {first && other ? (
        <PairInspector
          key={`${first.id} ${other.id}`}
          {...{ from: first.id, to: other.id, onAnswer }}
          onClose={() => onChoose(selected, false)}
        />
      ) : entity ? (
        <EntityPart entity={entity}>
          {may && joined ? (
            <Button className="self-start" onClick={() => onDetach(instanceId, joined.id)}>
              <Unplug aria-hidden />
              Detach from {joined.name}…
            </Button>
          ) : null}
          {membership || isLarge(graph) ? null : <OtherEnd {...{ graph, instanceId }} onChoose={(id) => onChoose(id, true)} />}
        </EntityPart>
      ) : host ? (
        <HostPart host={host} graph={graph} />
      ) : (
        <NothingSelected graph={graph} />
      )}
    </aside>
  );
}

function EntityPart({ entity, children }: { entity: Entity; children: ReactNode }) {
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
        {children}
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
      <div className="max-md:hidden">
        <EmptyState icon={MousePointerClick} title="Select a host or a container">
          Its state, sensors and acts show here. Hover a container to light what it refers to; Shift and a click on a second asks whether
          the first reaches it.
        </EmptyState>
      </div>
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
