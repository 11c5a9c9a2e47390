import type { ActionOutcome, AdjunctInput, Decision, Reading, SensorReader } from '../domain/adjunct/behaviour.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { Json } from '../domain/shared/json.ts';

/** Entities and sensors that a behaviour sees, by hand. */
export interface SeenWorld {
  readonly entities: Map<string, Entity>;
  /** By `<entity id> <sensor>`. */
  readonly readings: Map<string, Reading>;
  now: number;
  put(...entities: readonly Entity[]): void;
  say(entityId: string, sensor: string, value: Json | undefined, at?: number | null): void;
}

export function aSeenWorld(now = 1_000_000): SeenWorld {
  const entities = new Map<string, Entity>();
  const readings = new Map<string, Reading>();
  return {
    entities,
    readings,
    now,
    put: (...given) => given.forEach((entity) => void entities.set(entity.id, entity)),
    say(entityId, sensor, value, at = null) {
      if (value === undefined || value === null) readings.delete(`${entityId} ${sensor}`);
      else readings.set(`${entityId} ${sensor}`, { value, at });
    },
  };
}

function readerOf({ entities, readings }: SeenWorld): SensorReader {
  const below = (id: string) => [...entities.values()].filter(({ parentId, goal }) => parentId === id && goal !== 'destroyed');
  return {
    entity: (id) => entities.get(id),
    named: (_, id) => [...entities.values()].find(({ planId }) => planId === id),
    children: below,
    members: (id) =>
      below(id)
        .filter(({ slot }) => slot !== null)
        .sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0)),
    sensor(entityId, name) {
      const value = entities.get(entityId)?.sensors[name];
      return readings.get(`${entityId} ${name}`) ?? (value === undefined ? undefined : { value, at: null });
    },
  };
}

/** One adjunct that lives through a world: what it publishes is seen, what it remembers is kept. */
export interface Living<Memory> {
  readonly decide: (outcomes?: readonly ActionOutcome[]) => Decision<Memory>;
  readonly memory: () => Memory | undefined;
  /** The console is started anew, and it has forgotten what is not durable. */
  forget(): void;
}

export function livingIn<Config, Memory>(
  world: SeenWorld,
  selfId: string,
  config: Config,
  behaviour: (input: AdjunctInput<Config, Memory>) => Decision<Memory>,
): Living<Memory> {
  let memory: Memory | undefined;
  return {
    memory: () => memory,
    forget() {
      memory = undefined;
    },
    decide(outcomes = []) {
      const self = world.entities.get(selfId);
      if (!self) throw new Error(`no entity ${selfId}`);
      const decision = behaviour({ config, memory, now: world.now, self, read: readerOf(world), outcomes });
      if (decision.memory !== undefined) memory = JSON.parse(JSON.stringify(decision.memory)) as Memory;
      for (const [sensor, value] of Object.entries(decision.publish ?? {})) world.say(selfId, sensor, value);
      for (const { entityId, values } of decision.publishOn ?? []) {
        for (const [sensor, value] of Object.entries(values)) world.say(entityId, sensor, value);
      }
      return decision;
    },
  };
}
