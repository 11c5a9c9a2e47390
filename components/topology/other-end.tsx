'use client';
import { useLive } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Select } from '@/components/ui/select.tsx';
import type { TopologyGraph } from './topology-graph.ts';

export interface OtherEndProps {
  graph: TopologyGraph;
  instanceId: string;
  onChoose: (instanceId: string) => void;
}

/** The container about which it is asked whether this one reaches it: what Shift and a click do. */
export function OtherEnd({ graph, instanceId, onChoose }: OtherEndProps) {
  const may = useMay('operate');
  const labels = useLive(['entity', 'host'], ({ entity, host }) =>
    graph.containers.map(({ entityId, hostId }) => `${entity.get(entityId)?.name ?? entityId} on ${host.get(hostId)?.name ?? hostId}`),
  );
  const options = graph.containers
    .map((one, at) => ({ value: one.instanceId, label: labels[at] ?? '' }))
    .filter(({ value }) => value !== instanceId)
    .sort((a, b) => a.label.localeCompare(b.label));
  if (!may || options.length === 0) return null;
  return (
    <Select
      aria-label="Can it reach"
      prompt="Can it reach…"
      className="self-start"
      value={undefined}
      options={options}
      onChange={onChoose}
    />
  );
}
