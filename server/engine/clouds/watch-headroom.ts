import type { Entity, Sensors } from '../../domain/entity/entity.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { decideScale, type ScaleMemory } from '../../domain/headroom/decide-scale.ts';
import { type HeadroomPlan, planHeadroom } from '../../domain/headroom/plan-headroom.ts';
import { canonicalJson, type Json } from '../../domain/shared/json.ts';
import { resizeEntity } from '../commands/entity-effectors.ts';
import type { EntityMemory } from '../controllers/entity-memory.ts';
import type { EngineContext } from '../engine-context.ts';
import { cloudState } from './cloud-load.ts';
import { type CloudSettings, readCloudSettings } from './cloud-settings.ts';

const PREFIX = 'docker.container.cluster';
const HEADROOM_SENSORS = ['needed', 'utilisation', 'target'].map((name) => `${PREFIX}.${name}`);

export interface HeadroomWatch {
  /** Tells by sensors how much room there is, and asks for another number of hosts once that has been wanted for long enough. */
  look(entity: Entity, cloud: Cloud): Promise<void>;
  forget(id: string): void;
}

/** What was wanted, and since when, lives in this process: after a restart the stabilisation time begins anew. */
export function createHeadroomWatch(context: EngineContext, { unplaced }: Pick<EntityMemory, 'unplaced'>): HeadroomWatch {
  const memories = new Map<string, ScaleMemory>();

  return {
    async look(entity, cloud) {
      const { store, clock, queue } = context;
      const settings = readCloudSettings(context, store.view, entity);
      if (settings.headroom === null) {
        memories.delete(entity.id);
        return await tell(context, entity, { sensors: {}, waitingFor: null });
      }
      const waiting = unplaced.get(cloud.id)?.size ?? 0;
      const state = cloudState(store.view, { entity, cloud, waiting });
      const plan = planHeadroom(settings.headroom, state.load);
      const isHeld = state.stuck.length > 0 && plan.target > state.coming;
      const held = isHeld ? `headroom: ${state.stuck.join(', ')} never became ready, and no other machine is taken meanwhile` : null;
      await tell(context, entity, { sensors: sensorsOf(entity, plan, state.load.hosts), waitingFor: held });
      if (state.vacant > 0 && plan.target <= state.coming) {
        await resize(context, { entity, settings, plan, size: (entity.size ?? 0) - state.vacant, isUp: false });
        return;
      }
      const decision = decideScale(
        {
          hosts: state.coming,
          emptyHosts: settings.givesBack ? state.empty : 0,
          target: isHeld ? state.coming : plan.target,
          isWaited: waiting > 0,
          upDelayMs: settings.upDelayMs,
          downDelayMs: settings.downDelayMs,
          now: clock.now(),
        },
        memories.get(entity.id) ?? null,
      );
      if (decision.memory) memories.set(entity.id, decision.memory);
      else memories.delete(entity.id);
      if (decision.lookAgainAt !== null) queue.lookAgain(`cloud:${entity.id}`, decision.lookAgainAt);
      if (decision.size !== null)
        await resize(context, { entity, settings, plan, size: decision.size + state.away, isUp: decision.size > state.coming });
    },
    forget(id) {
      memories.delete(id);
    },
  };
}

interface Resizing {
  readonly entity: Entity;
  readonly settings: CloudSettings;
  readonly plan: HeadroomPlan;
  readonly size: number;
  readonly isUp: boolean;
}

/** By the command that a person's button calls. Hosts that are away count for the most hosts there may be. */
async function resize(context: EngineContext, { entity, settings, plan, size, isUp }: Resizing): Promise<void> {
  const bounded = Math.min(size, settings.maxHosts ?? size);
  const before = entity.size ?? 0;
  if (isUp ? bounded <= before : bounded >= before) return;
  context.log.info('headroom resizes a cloud', { entityId: entity.id, from: entity.size, to: bounded, reason: plan.reason });
  await resizeEntity(context, { kind: 'policy', by: `headroom (${plan.reason})` }, { entityId: entity.id, size: bounded });
}

/** Clocker's sensors. `ok` is said only after `hot` or `cold`, never at first and never twice. */
function sensorsOf(entity: Entity, plan: HeadroomPlan, hosts: number): Sensors {
  const said: Json = {
    'pool.current.size': hosts,
    'pool.current.workrate': plan.utilisation,
    'pool.low.threshold': plan.low,
    'pool.high.threshold': plan.high,
  };
  const before = entity.sensors[`${PREFIX}.state`];
  const isSaid = plan.state !== 'ok' || before === 'hot' || before === 'cold';
  return {
    [`${PREFIX}.needed`]: plan.needed,
    [`${PREFIX}.utilisation`]: plan.utilisation,
    [`${PREFIX}.target`]: plan.target,
    [`${PREFIX}.target.reason`]: plan.reason,
    ...(isSaid ? { [`${PREFIX}.${plan.state}`]: said, [`${PREFIX}.state`]: plan.state } : {}),
  };
}

interface Told {
  readonly sensors: Sensors;
  readonly waitingFor: string | null;
}

async function tell({ store }: EngineContext, { id }: Entity, { sensors, waitingFor }: Told): Promise<void> {
  const isNone = Object.keys(sensors).length === 0;
  const next = (before: Sensors): Sensors => {
    if (!isNone) return { ...before, ...sensors };
    return Object.fromEntries(Object.entries(before).filter(([name]) => !HEADROOM_SENSORS.includes(name)));
  };
  const present = store.view.get('entity', id);
  if (!present || (present.waitingFor === waitingFor && canonicalJson(next(present.sensors)) === canonicalJson(present.sensors))) return;
  await store.commit((draft) => {
    const entity = draft.get('entity', id);
    if (entity) draft.put('entity', { ...entity, waitingFor, sensors: next(entity.sensors) });
  });
}
