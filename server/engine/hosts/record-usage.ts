import type { Instance } from '../../domain/entity/instance.ts';
import { USAGE_SENSOR, type Usage } from '../../domain/sensor/usage-between.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { SensorHistory, SensorSample } from '../../ports/store.ts';
import type { LiveMetrics } from '../engine-context.ts';

export interface UsageRecorderOptions {
  readonly hostId: HostId;
  readonly metrics: LiveMetrics;
  readonly history: Pick<SensorHistory, 'record'>;
  /** Running instances on this host that serve for their entity. */
  readonly serving: () => readonly Instance[];
  /** Whether the entity is still sampled, here or elsewhere. */
  readonly isServed: (entityId: EntityId) => boolean;
}

/** Writes the samples of one host: live values and history, containers under their entity's id. What ended goes to zero once. */
export function createUsageRecorder(options: UsageRecorderOptions): (usage: Usage, at: number) => void {
  let sampled = new Set<EntityId>();

  return (usage, at) => {
    const samples: SensorSample[] = [];
    const record = (subjectId: string, values: Readonly<Record<string, number>>): void => {
      options.metrics.record(subjectId, at, values);
      for (const [sensor, value] of Object.entries(values)) samples.push({ subjectId, sensor, at, value });
    };
    const now = new Set<EntityId>();
    for (const instance of options.serving()) {
      const used = instance.containerId === null ? undefined : usage.containers.get(instance.containerId);
      if (!used) continue;
      now.add(instance.entityId);
      record(instance.entityId, { [USAGE_SENSOR.containerCpu]: used.cpu, [USAGE_SENSOR.containerMemory]: used.memoryBytes });
    }
    for (const entityId of sampled) {
      if (now.has(entityId) || options.isServed(entityId)) continue;
      record(entityId, { [USAGE_SENSOR.containerCpu]: 0, [USAGE_SENSOR.containerMemory]: 0 });
    }
    sampled = now;
    record(options.hostId, hostValues(usage));
    options.history.record(samples);
  };
}

function hostValues({ host }: Usage): Readonly<Record<string, number>> {
  return {
    ...(host.cpu === null ? {} : { [USAGE_SENSOR.machineCpu]: host.cpu }),
    ...(host.memoryUsedBytes === null ? {} : { [USAGE_SENSOR.machineMemoryUsed]: host.memoryUsedBytes }),
    ...(host.load === null ? {} : { [USAGE_SENSOR.machineLoad]: host.load }),
  };
}
