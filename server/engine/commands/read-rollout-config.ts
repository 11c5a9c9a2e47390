import { z } from 'zod';
import type { RolloutSettings } from '../../domain/entity/application.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { parseDurationMs } from '../../domain/entity/quantities.ts';

const duration = z
  .union([z.number(), z.string()])
  .transform((value) => parseDurationMs(value) ?? undefined)
  .optional();
const update = z.object({
  batch: z.int().min(1).optional(),
  order: z.enum(['stop-first', 'start-first']).optional(),
  delay: duration,
  healthTimeout: duration,
});

/** Rollout settings of the first cluster that has any (`update`), parents before children. */
export function readRolloutConfig(spec: EntitySpec): Partial<RolloutSettings> {
  const parsed = update.safeParse(spec.config.update);
  if (parsed.success) {
    const { batch, order, delay, healthTimeout } = parsed.data;
    return {
      ...(batch === undefined ? {} : { batch }),
      ...(order === undefined ? {} : { order }),
      ...(delay === undefined ? {} : { delayMs: delay }),
      ...(healthTimeout === undefined ? {} : { healthTimeoutMs: healthTimeout }),
    };
  }
  for (const child of spec.children) {
    const settings = readRolloutConfig(child);
    if (Object.keys(settings).length > 0) return settings;
  }
  return {};
}
