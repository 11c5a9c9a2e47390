import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { SensorHistory, SensorSample } from '../../ports/store.ts';
import type { TelemetryDatabase } from './database-schema.ts';
import { SENSOR_TIERS, type SensorPoint, tierFor, toPoints } from './sensor-tiers.ts';
import type { TelemetryOptions } from './task-log-store.ts';

/** Milliseconds between writes: one transaction for all samples of this time. */
const GROUP_MS = 5000;
const PRUNE_MS = 10_000;
const ROWS_PER_STATEMENT = 200;
/** Points of one transaction; others get their turn between two. */
const POINTS_PER_TRANSACTION = 2000;
const MAX_WAITING = 200_000;

export interface ClosableSensorHistory extends SensorHistory {
  /** Removes what is older than its tier keeps. Also done each 10 s while samples come. */
  prune(): Promise<void>;
}

/** Numeric sensors over time in three tiers. A sample is added to its slot of each tier at once, so a restart loses no mean. */
export function createSensorHistory({ db, clock, log }: TelemetryOptions): ClosableSensorHistory {
  let waiting: SensorSample[] = [];
  let cancelTimer: (() => void) | null = null;
  let working: Promise<void> = Promise.resolve();
  let prunedAt = clock.now();

  function inOrder(what: string, work: () => Promise<void>): Promise<void> {
    working = working.then(work).catch((error: unknown) => {
      log.error('sensor history could not be written', { what, error: toErrorView(error) });
    });
    return working;
  }

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    return inOrder('samples', async () => {
      const samples = waiting;
      waiting = [];
      const points = toPoints(samples);
      for (let at = 0; at < points.length; at += POINTS_PER_TRANSACTION) {
        await addPoints(db, points.slice(at, at + POINTS_PER_TRANSACTION));
        await nextTurn();
      }
      if (clock.now() - prunedAt >= PRUNE_MS) await pruneNow();
    });
  }

  async function pruneNow(): Promise<void> {
    prunedAt = clock.now();
    for (const { tier, keepMs } of SENSOR_TIERS) {
      await db
        .deleteFrom('sensor_point')
        .where('tier', '=', tier)
        .where('at', '<', prunedAt - keepMs)
        .execute();
    }
  }

  return {
    record(samples) {
      waiting.push(...samples);
      if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING);
      cancelTimer ??= clock.after(GROUP_MS, () => void flush());
    },
    async read({ subjectId, sensor, fromMs, toMs }) {
      await flush();
      const { tier, widthMs } = tierFor(fromMs, clock.now());
      return await db
        .selectFrom('sensor_point')
        .select(['at', 'value'])
        .where('subject_id', '=', subjectId)
        .where('sensor', '=', sensor)
        .where('tier', '=', tier)
        .where('at', '>', fromMs - widthMs)
        .where('at', '<=', toMs)
        .orderBy('at')
        .execute();
    },
    forget(subjectId) {
      waiting = waiting.filter((sample) => sample.subjectId !== subjectId);
      void inOrder('forget', async () => {
        await db.deleteFrom('sensor_point').where('subject_id', '=', subjectId).execute();
      });
    },
    flush,
    prune: () => inOrder('prune', pruneNow),
  };
}

/** Adds to the means that are there: (old mean × old count + new mean × new count) / all. */
async function addPoints(db: TelemetryDatabase, points: readonly SensorPoint[]): Promise<void> {
  if (points.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    for (let at = 0; at < points.length; at += ROWS_PER_STATEMENT) {
      await transaction
        .insertInto('sensor_point')
        .values(points.slice(at, at + ROWS_PER_STATEMENT))
        .onConflict((conflict) =>
          conflict.columns(['subject_id', 'sensor', 'tier', 'at']).doUpdateSet({
            value: sql<number>`(sensor_point.value * sensor_point.samples + excluded.value * excluded.samples) / (sensor_point.samples + excluded.samples)`,
            samples: sql<number>`sensor_point.samples + excluded.samples`,
          }),
        )
        .execute();
    }
  });
}
