'use client';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { describeTones } from '@/components/canvas/container-look.ts';
import { useToneCounts } from '@/components/canvas/use-tones.ts';
import { EntityBadge } from '@/components/live/entity-badge.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { cx } from '@/components/ui/cx.ts';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { networkLook } from '@/components/ui/state-look.ts';
import { type ContainerNode, isLarge, type TopologyGraph } from './topology-graph.ts';

export interface TopologyListProps {
  graph: TopologyGraph;
  selected: string;
  second: string;
  /** The box whose containers are listed where there are too many to list them all. */
  opened: string;
  /** Empty closes it. */
  onOpen: (boxId: string) => void;
  /** `isSecond`: Shift is held. */
  onChoose: (id: string, isSecond: boolean) => void;
}

/** The canvas in words: the same boxes with the same containers, then the networks. */
export function TopologyList({ graph, selected, second, opened, onOpen, onChoose }: TopologyListProps) {
  const byBox = Map.groupBy(graph.containers, ({ boxId }) => boxId);
  const networkNames = new Map(graph.networks.map(({ network }) => [network.id, network.name]));
  const isFolded = isLarge(graph);
  const row = { selected, second, onChoose };
  return (
    <div className={cx('flex min-h-0 flex-1 flex-col overflow-y-auto p-4', isFolded ? 'gap-0' : 'gap-6')}>
      {graph.boxes.map(({ id, name }) => (
        <section key={id} aria-label={name}>
          {isFolded ? (
            <FoldedBox
              name={name}
              containers={byBox.get(id) ?? NOBODY}
              isOpen={id === opened}
              onToggle={() => onOpen(id === opened ? '' : id)}
            />
          ) : (
            <h2 className="pb-1 font-semibold">{name}</h2>
          )}
          {byBox.has(id) || isFolded ? null : <p className="text-ink-3">No containers</p>}
          {isFolded && id !== opened ? null : (
            <ul className="flex flex-col">
              {(byBox.get(id) ?? []).map((container) => (
                <ContainerRow key={container.instanceId} {...row} container={container} networkNames={networkNames} />
              ))}
            </ul>
          )}
        </section>
      ))}
      {graph.networks.length === 0 ? null : (
        <section aria-label="Networks">
          <h2 className="pb-1 font-semibold">Networks</h2>
          <ul className="flex flex-col">
            {graph.networks.map((one) => (
              <Row key={one.network.id} {...row} id={one.network.id}>
                <span className="font-medium">{one.network.name}</span>
                <StateBadge look={networkLook(one)} />
                <span className="text-ink-3">
                  {one.application}, {formatCount(one.network.members.length, 'container')} on {formatCount(one.hosts.length, 'host')}
                </span>
              </Row>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const NOBODY: readonly ContainerNode[] = [];

type RowBase = Pick<TopologyListProps, 'selected' | 'second' | 'onChoose'>;

interface FoldedBoxProps {
  name: string;
  isOpen: boolean;
  onToggle: () => void;
  containers: readonly ContainerNode[];
}

/** A box of a large estate: what is in it is counted, and listed once it is opened. */
function FoldedBox({ name, isOpen, onToggle, containers }: FoldedBoxProps) {
  const counts = useToneCounts(useMemo(() => containers.map(({ instanceId }) => instanceId), [containers]));
  return (
    <h2>
      <button type="button" aria-expanded={isOpen} onClick={onToggle} className="flex min-h-8 w-full items-center gap-2 hover:bg-hover">
        <ChevronRight aria-hidden className={cx('size-3.5 text-ink-3', isOpen && 'rotate-90')} />
        <span className="font-semibold">{name}</span>
        <span className="text-ink-3 tabular">{describeTones(counts)}</span>
      </button>
    </h2>
  );
}

interface RowProps extends RowBase {
  id: string;
  children: ReactNode;
}

function Row({ id, selected, second, onChoose, children }: RowProps) {
  const isChosen = id === selected || id === second;
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={(event) => onChoose(id, event.shiftKey)}
        className={cx('flex min-h-8 w-full flex-wrap items-center gap-x-3 px-2 text-left hover:bg-hover', isChosen && 'bg-accent-soft')}
      >
        {children}
      </button>
    </li>
  );
}

interface ContainerRowProps extends RowBase {
  container: ContainerNode;
  networkNames: ReadonlyMap<string, string>;
}

function ContainerRow({ container: { instanceId, entityId, hostId, networkIds }, networkNames, ...row }: ContainerRowProps) {
  const entity = useRecord('entity', entityId);
  const host = useRecord('host', hostId);
  return (
    <Row {...row} id={instanceId}>
      <span className="font-medium">{entity?.name ?? entityId}</span>
      {entity ? <EntityBadge entity={entity} /> : null}
      <span className="text-ink-3">
        on {host?.name ?? hostId}
        {networkIds.length > 0 ? `, networks: ${networkIds.map((id) => networkNames.get(id) ?? id).join(', ')}` : ''}
      </span>
    </Row>
  );
}
