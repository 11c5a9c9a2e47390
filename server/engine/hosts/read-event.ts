import { LABEL } from '../../domain/entity/ownership.ts';
import type { EngineEvent } from '../../ports/docker-engine.ts';

/** What an engine event asks of the host controller. Events only say where to look; nothing is ever learnt from one. */
export type EventMeaning =
  | { readonly kind: 'nothing' }
  /** One of ours may have changed. */
  | { readonly kind: 'look'; readonly containerName: string; readonly healthy: boolean }
  /** The number of foreign containers may have changed. */
  | { readonly kind: 'foreign' };

const ACTIONS = new Set(['die', 'start', 'oom', 'destroy', 'pause', 'unpause', 'kill', 'restart', 'stop', 'rename']);
const COUNTS = new Set(['die', 'start', 'destroy']);

/** Pure. */
export function readEvent(event: EngineEvent, planeId: string): EventMeaning {
  if (event.type !== 'container') return { kind: 'nothing' };
  const action = event.action.split(':')[0]?.trim() ?? '';
  const isHealth = action === 'health_status';
  const name = event.attributes.name ?? '';
  if (event.attributes[LABEL.plane] !== planeId || name === '') return { kind: COUNTS.has(action) ? 'foreign' : 'nothing' };
  if (!isHealth && !ACTIONS.has(action)) return { kind: 'nothing' };
  return { kind: 'look', containerName: name, healthy: isHealth && event.action.endsWith(': healthy') };
}
