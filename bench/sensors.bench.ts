import { EventEmitter } from 'node:events';
import { createSystemClock } from '../server/adapters/clock/system-clock.ts';
import { createUlids } from '../server/adapters/clock/ulid.ts';
import { createMemoryDatabase } from '../server/adapters/simulated/memory-database.ts';
import { createRecordStore } from '../server/adapters/store/record-store.ts';
import type { Entity } from '../server/domain/entity/entity.ts';
import type { EntityId } from '../server/domain/shared/ids.ts';
import { registerAdjunctController } from '../server/engine/adjuncts/adjunct-controller.ts';
import { createAdjunctIndex } from '../server/engine/adjuncts/adjunct-index.ts';
import { createAdjunctRouter } from '../server/engine/adjuncts/adjunct-router.ts';
import { createAdjunctSettings } from '../server/engine/adjuncts/adjunct-settings.ts';
import { createSensorWriter } from '../server/engine/adjuncts/sensor-writer.ts';
import type { EngineContext } from '../server/engine/engine-context.ts';
import { createLiveMetrics } from '../server/engine/live-metrics.ts';
import { createWorkQueue } from '../server/engine/work-queue.ts';
import { loadPlugins } from '../server/plugins/registry.ts';
import { quietLog } from '../server/testing/quiet-log.ts';
import { anEntity } from '../server/testing/records.ts';
import { alternate, type Bench, median, rounded, summarise } from './support/bench.ts';

const ENTITIES = 10_000;
const SENSORS = 6;
const UPDATES = 1_000_000;
const SECONDS = 12;
/** Of these, not counted: the engine runs its code unoptimised at first. */
const WARM_UP_SECONDS = 5;
const TARGET_PER_S = 1_000_000;
const TARGET_CORE = 0.1;
const MEAN = 'rolling-time-window-mean';

/** Updates of sensors through the hub of the engine, and what enrichers cost that each look once a second. */
export const bench: Bench = {
  name: 'sensors',
  what: `updates a second of a core, of ${ENTITIES} entities x ${SENSORS} sensors, each subscribed to, against an EventEmitter an entity; ${ENTITIES} live enrichers at 1 Hz`,
  async run({ rounds, say, signal }) {
    const count = rounds ?? 7;
    const measured = await alternate(
      { rounds: count, say, signal },
      async () => hub(),
      async () => emitters(),
    );
    const live = await openEnrichers();
    const cores: number[] = [];
    const plain: number[] = [];
    for (let round = 0; round < SECONDS; round++) {
      signal.throwIfAborted();
      const [core, loop] = [await live.second(round), plainSecond(round)];
      say(`second ${round + 1}: ${ENTITIES} enrichers took ${rounded(core)} of a core, a plain loop ${rounded(loop)}`);
      if (round < WARM_UP_SECONDS) continue;
      cores.push(core);
      plain.push(loop);
    }
    const summary = summarise(measured);
    const core = rounded(median(cores));
    return {
      name: 'sensors',
      unit: 'updates/s',
      ...summary,
      target: `>= ${TARGET_PER_S} updates/s; ${ENTITIES} enrichers at 1 Hz < ${TARGET_CORE} of a core`,
      met: summary.ours >= TARGET_PER_S && core < TARGET_CORE,
      detail: {
        entities: ENTITIES,
        sensors: SENSORS,
        enrichers: ENTITIES,
        core,
        plainCore: rounded(median(plain)),
        published: live.published(),
      },
    };
  },
};

const names = Array.from({ length: SENSORS }, (_, n) => `sensor.${n}`);
const ids = Array.from({ length: ENTITIES }, (_, n) => `e${n}` as EntityId);

/** One sensor an update; each entity has a watcher, and one subscriber hears all. */
function hub(): number {
  const metrics = createLiveMetrics((error) => {
    throw error;
  });
  const index = createAdjunctIndex();
  const entities = new Map<string, Entity>();
  for (const id of ids) {
    const entity = anEntity({ id, spec: { type: 'container', name: id, enrichers: [{ type: MEAN, config: {} }] } as never });
    entities.set(id, entity);
    const [adjunct] = index.put(entity, []).added;
    if (adjunct) index.watch(adjunct.id, [{ of: 'entity', sensors: names }]);
  }
  let heard = 0;
  metrics.subscribe((subjectId, _at, values) => {
    const entity = entities.get(subjectId);
    if (entity) for (const sensor in values) heard += index.watchersOf(entity, sensor).length;
  });
  const begun = process.cpuUsage();
  for (let n = 0; n < UPDATES; n++) metrics.record(ids[n % ENTITIES] ?? '', n, { [names[n % SENSORS] ?? '']: n });
  const perSecond = UPDATES / cpuSeconds(begun);
  if (heard !== UPDATES) throw new Error(`${heard} of ${UPDATES} updates were heard`);
  return perSecond;
}

function emitters(): number {
  const all = new Map(ids.map((id) => [id, new EventEmitter()]));
  const latest = new Map<string, number>();
  let heard = 0;
  for (const emitter of all.values()) {
    for (const name of names) {
      emitter.on(name, () => {
        heard += 1;
      });
    }
  }
  const begun = process.cpuUsage();
  for (let n = 0; n < UPDATES; n++) {
    const id = ids[n % ENTITIES] ?? ('' as EntityId);
    const name = names[n % SENSORS] ?? '';
    latest.set(name, n);
    all.get(id)?.emit(name, n);
  }
  const perSecond = UPDATES / cpuSeconds(begun);
  if (heard !== UPDATES) throw new Error(`${heard} of ${UPDATES} updates were heard`);
  return perSecond;
}

/** The engine's own queue, store, controller and writer with one enricher an entity; feeds stand for one value an entity a second. */
async function openEnrichers() {
  const [clock, log] = [createSystemClock(), quietLog()];
  const store = await createRecordStore({ database: createMemoryDatabase(), log, freeze: false });
  await store.commit((draft) => {
    for (const id of ids) {
      const config = { 'enricher.sourceSensor': 'load', 'enricher.targetSensor': 'load.mean', 'enricher.window.confidenceRequired': 0 };
      const spec = { type: 'container', name: id, config: {}, children: [], enrichers: [{ type: MEAN, config }] };
      draft.put('entity', anEntity({ id, spec: spec as never, goal: 'running' as never }));
    }
  });
  let published = 0;
  const history = { record: () => undefined } as never;
  const metrics = createLiveMetrics(() => undefined);
  const queue = createWorkQueue({ clock, log, random: Math.random });
  const sensors = createSensorWriter({ store, metrics, history, clock, log });
  const secretTexts = { reader: () => ({ read: () => undefined, conceal: (text: string) => text }) };
  const context = { store, metrics, queue, sensors, clock, log, secretTexts, ids: createUlids(clock), plugins: await loadPlugins() };
  const engine = context as unknown as EngineContext;
  const index = createAdjunctIndex();
  const router = createAdjunctRouter(engine, index, registerAdjunctController(engine, { index, settings: createAdjunctSettings(engine) }));
  store.subscribe((event) => router.route(event));
  metrics.subscribe((subjectId, _at, values) => {
    if (values['load.mean'] !== undefined) published += 1;
    router.onMetrics(subjectId, values);
  });
  router.routeAll();
  await queue.idle();
  for (const id of ids) sensors.publish(id, clock.now(), { load: 0 });
  await queue.idle();
  await sensors.settled();

  return {
    published: () => published,
    /** Part of a core that one second of values takes. */
    async second(round: number): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const before = published;
      const begun = process.cpuUsage();
      for (const [n, id] of ids.entries()) sensors.publish(id, clock.now(), { load: n + round });
      await queue.idle();
      await sensors.settled();
      const took = cpuSeconds(begun);
      if (published - before !== ENTITIES) throw new Error(`${published - before} of ${ENTITIES} enrichers have published`);
      return took;
    },
  };
}

const kept = new Map<string, { at: number; value: number }[]>();

/** The same means, written for the one question. */
function plainSecond(round: number): number {
  const begun = process.cpuUsage();
  const now = round * 1_000;
  for (const [n, id] of ids.entries()) {
    const points = (kept.get(id) ?? []).filter(({ at }) => at > now - 60_000);
    points.push({ at: now, value: n + round });
    kept.set(id, points);
    points.reduce((sum, { value }) => sum + value, 0);
  }
  return cpuSeconds(begun);
}

/** Time of a core, not of a clock: the machine may be busy with something else. */
function cpuSeconds(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}
