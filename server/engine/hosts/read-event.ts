import { isNameable } from '../../domain/entity/external-thing.ts';
import { LABEL } from '../../domain/entity/ownership.ts';
import type { EngineEvent } from '../../ports/docker-engine.ts';

/** What an engine event asks of the host controller. Events only say where to look; nothing is ever learnt from one. */
export type EventMeaning =
  | { readonly kind: 'nothing' }
  /** One of ours may have changed. */
  | { readonly kind: 'look'; readonly containerName: string; readonly containerId: string; readonly healthy: boolean }
  /** The number of foreign containers may have changed, or the networks and volumes that are there. */
  | { readonly kind: 'foreign' };

const ACTIONS = new Set(['die', 'start', 'oom', 'destroy', 'pause', 'unpause', 'kill', 'restart', 'stop', 'rename']);
const THINGS = new Set(['create', 'destroy']);
const COUNTS = new Set(['die', 'start', 'destroy']);

/** Pure. `isAdopted` tells ids of containers that are ours without our labels. */
export function readEvent(event: EngineEvent, planeId: string, isAdopted: (containerId: string) => boolean): EventMeaning {
  if (event.type === 'network' || event.type === 'volume') {
    const name = event.attributes.name ?? event.actorId;
    return { kind: THINGS.has(event.action) && isNameable({ name, labels: {} }) ? 'foreign' : 'nothing' };
  }
  if (event.type !== 'container') return { kind: 'nothing' };
  const action = event.action.split(':')[0]?.trim() ?? '';
  const isHealth = action === 'health_status';
  const name = event.attributes.name ?? '';
  const isOurs = event.attributes[LABEL.plane] === planeId || isAdopted(event.actorId);
  if (!isOurs || name === '') return { kind: COUNTS.has(action) ? 'foreign' : 'nothing' };
  if (!isHealth && !ACTIONS.has(action)) return { kind: 'nothing' };
  return { kind: 'look', containerName: name, containerId: event.actorId, healthy: isHealth && event.action.endsWith(': healthy') };
}
