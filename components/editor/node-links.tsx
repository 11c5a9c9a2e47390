'use client';
import { ArrowRight, X } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { GraphEdge, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { findNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { joinNetwork, leaveNetwork } from '@/server/domain/blueprint-edit/change-field.ts';
import { isSamePath } from '@/server/domain/blueprint-edit/yaml-path.ts';
import { isNetwork, networkName, titleOf } from './blueprint-picture.ts';
import { joinedNetworks } from './connect.ts';
import type { NodeInspectorProps } from './node-inspector.tsx';

const JOINING: ReadonlySet<GraphNode['role']> = new Set(['service', 'child', 'member', 'first-member']);

/** The networks that a part joins, what it reads of others, and who reads it. */
export function NodeLinks({ store, graph, node, readOnly }: NodeInspectorProps) {
  const joined = joinedNetworks(node, graph.format);
  const known = graph.nodes.filter(isNetwork).flatMap((network) => networkName(network) ?? []);
  const free = known.filter((name) => !joined.includes(name));
  const reads = graph.edges.filter((edge) => isSamePath(edge.from, node.path) && edge.kind !== 'network');
  const readBy = graph.edges.filter((edge) => edge.to !== null && edge.to.length > 0 && isSamePath(edge.to, node.path));
  const name = (path: GraphEdge['to']) => {
    const found = path === null ? undefined : findNode(graph, path);
    return found === undefined ? null : titleOf(found);
  };
  const mayJoin = JOINING.has(node.role) && !isNetwork(node);
  return (
    <>
      {mayJoin && (joined.length > 0 || free.length > 0) ? (
        <section aria-label="Networks" className="flex flex-col gap-1.5">
          <h3 className="font-medium">Networks</h3>
          {joined.map((one) => (
            <div key={one} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{one}</span>
              {readOnly ? null : (
                <Button
                  variant="ghost"
                  square
                  aria-label={`Leave ${one}`}
                  onClick={() => store.change((now) => leaveNetwork(now, node.path, one))}
                >
                  <X aria-hidden />
                </Button>
              )}
            </div>
          ))}
          {free.length > 0 && !readOnly ? (
            <Select
              aria-label="Join a network"
              value={undefined}
              prompt="Join a network…"
              options={free.map((one) => ({ value: one, label: one }))}
              onChange={(one) => store.change((now) => joinNetwork(now, node.path, one))}
            />
          ) : null}
        </section>
      ) : null}
      {reads.length > 0 || readBy.length > 0 ? (
        <section aria-label="References" className="flex flex-col gap-1">
          <h3 className="font-medium">References</h3>
          <ul className="flex flex-col gap-1 text-sm">
            {reads.map((edge) => (
              <li key={`${JSON.stringify(edge.at)} ${edge.name} ${edge.target}`} className="flex items-center gap-1.5">
                <code className="truncate font-mono text-xs">{String(edge.at.at(-1))}</code>
                <ArrowRight aria-label="reads" className="size-3 shrink-0 text-ink-3" />
                <span className={name(edge.to) === null ? 'truncate text-bad' : 'truncate'}>
                  {edge.name ? `${edge.name} of ` : ''}
                  {name(edge.to) ?? `${edge.target}, which is not there`}
                </span>
              </li>
            ))}
            {readBy.map((edge) => (
              <li key={`by ${JSON.stringify(edge.at)} ${edge.name}`} className="truncate text-ink-2">
                {edge.kind === 'network' ? 'Joined by' : 'Read by'} {name(edge.from)}
                {edge.name ? `: ${edge.name}` : ''}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
