import { type RecordedSeries, type RehearsedRun, rehearse } from '../../domain/adjunct/rehearse.ts';
import { SENSOR } from '../../domain/entity/entity.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { createAdjunctSettings } from '../adjuncts/adjunct-settings.ts';
import { type AdjunctRef, requireAdjunct } from '../adjuncts/change-adjunct.ts';
import { createSensorReader } from '../adjuncts/sensor-reader.ts';
import type { EngineContext } from '../engine-context.ts';

export interface RehearsalInput extends AdjunctRef {
  /** In the place of what it is configured with now. */
  readonly config?: JsonObject | undefined;
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** See `Rehearsal`. Default true. */
  readonly sharesLoad: boolean;
  /** From an order to a member that serves, milliseconds. */
  readonly startMs: number;
}

export interface RehearsalReport extends RehearsedRun {
  /** Names of the numbers that it decides by. */
  readonly looksAt: readonly string[];
  /** What was recorded of them; empty where nothing was. */
  readonly series: readonly RecordedSeries[];
  /** What there really was. */
  readonly realSizes: readonly { readonly at: number; readonly value: number }[];
}

/** What a policy would have done in the past. @throws ClockerError not-found | conflict (it decides nothing) | input.invalid (config) */
export async function rehearseAdjunct(context: EngineContext, input: RehearsalInput): Promise<RehearsalReport> {
  const { entity, attached, record } = requireAdjunct(context.store.view, input);
  const own = { ...record?.config, ...input.config };
  const settings = createAdjunctSettings(context).read({ ...attached, entityId: entity.id }, entity, {
    ...(record ?? { ...attached, entityId: entity.id, applicationId: entity.applicationId }),
    config: own,
  });
  if (!settings.ok) throw new ClockerError('input.invalid', { message: `${attached.key}: ${settings.why}` });
  const { behaviour } = settings.type;
  if (!behaviour) throw new ClockerError('conflict', { message: `${settings.type.title} decides nothing that could be rehearsed` });
  const read = createSensorReader(context.store.view, context.metrics);
  const watches = behaviour.watches(settings.config, { self: entity, read, now: context.clock.now() });
  const series: RecordedSeries[] = [];
  for (const { of, entityId = entity.id, sensors } of watches) {
    if (of !== 'entity') continue;
    for (const sensor of sensors) series.push({ entityId, sensor, points: await pointsOf(context, input, { entityId, sensor }) });
  }
  const filled = series.filter(({ points }) => points.length > 0);
  const looksAt = [...new Set(series.map(({ sensor }) => sensor))];
  const recorded = await context.history.read({ subjectId: entity.id, sensor: SENSOR.groupSize, fromMs: input.fromMs, toMs: input.toMs });
  // Means of a minute in which it was resized are no whole members.
  const realSizes = recorded.map(({ at, value }) => ({ at, value: Math.ceil(value) }));
  const size = realSizes[0]?.value ?? entity.size ?? 1;
  const { sharesLoad, startMs } = input;
  const run = rehearse(behaviour, settings.config, entity, { size, series: filled, sizes: realSizes, sharesLoad, startMs });
  return { ...run, looksAt, series: filled, realSizes };
}

/** Its own; where it has none, the mean of its members at each time. */
async function pointsOf(
  { history, store }: EngineContext,
  { fromMs, toMs }: RehearsalInput,
  { entityId, sensor }: { readonly entityId: EntityId; readonly sensor: string },
): Promise<RecordedSeries['points']> {
  const own = await history.read({ subjectId: entityId, sensor, fromMs, toMs });
  if (own.length > 0) return own;
  const sums = new Map<number, { readonly sum: number; readonly count: number }>();
  for (const member of store.view.childrenOf(entityId)) {
    for (const { at, value } of await history.read({ subjectId: member.id, sensor, fromMs, toMs })) {
      const second = Math.floor(at / 1000) * 1000;
      const { sum, count } = sums.get(second) ?? { sum: 0, count: 0 };
      sums.set(second, { sum: sum + value, count: count + 1 });
    }
  }
  return [...sums].sort(([a], [b]) => a - b).map(([at, { sum, count }]) => ({ at, value: sum / count }));
}
