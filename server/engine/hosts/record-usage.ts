import type { Instance } from '../../domain/entity/instance.ts';
import { USAGE_SENSOR, type Usage } from '../../domain/sensor/usage-between.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { SensorSample } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';

type Context = Pick<EngineContext, 'metrics' | 'history'>;

export interface MeasuredHost {
  readonly hostId: HostId;
  /** Running instances there that serve for their entity. */
  readonly serving: readonly Instance[];
}

/** Writes one round of samples of a host: live values and history, containers under their entity's id. */
export function recordUsage(context: Context, { hostId, serving }: MeasuredHost, { usage, at }: { usage: Usage; at: number }): void {
  const values = new Map<string, Readonly<Record<string, number>>>([[hostId, hostValues(usage)]]);
  for (const { entityId, containerId } of serving) {
    const used = containerId === null ? undefined : usage.containers.get(containerId);
    if (used) values.set(entityId, { [USAGE_SENSOR.containerCpu]: used.cpu, [USAGE_SENSOR.containerMemory]: used.memoryBytes });
  }
  record(context, values, at);
}

/** An entity without a running container uses nothing; told once. */
export function recordEnd(context: Context & Pick<EngineContext, 'store' | 'clock'>, entityId: EntityId): void {
  const latest = context.metrics.latest(entityId);
  const isZero = !latest[USAGE_SENSOR.containerCpu] && !latest[USAGE_SENSOR.containerMemory];
  if (isZero || context.store.view.instancesOf(entityId).some((row) => row.state === 'running')) return;
  const nothing = { [USAGE_SENSOR.containerCpu]: 0, [USAGE_SENSOR.containerMemory]: 0 };
  record(context, new Map([[entityId, nothing]]), context.clock.now());
}

function record({ metrics, history }: Context, values: ReadonlyMap<string, Readonly<Record<string, number>>>, at: number): void {
  const samples: SensorSample[] = [];
  for (const [subjectId, sensors] of values) {
    metrics.record(subjectId, at, sensors);
    for (const [sensor, value] of Object.entries(sensors)) samples.push({ subjectId, sensor, at, value });
  }
  history.record(samples);
}

function hostValues({ host }: Usage): Readonly<Record<string, number>> {
  return {
    ...(host.cpu === null ? {} : { [USAGE_SENSOR.machineCpu]: host.cpu }),
    ...(host.memoryUsedBytes === null ? {} : { [USAGE_SENSOR.machineMemoryUsed]: host.memoryUsedBytes }),
    ...(host.load === null ? {} : { [USAGE_SENSOR.machineLoad]: host.load }),
  };
}
