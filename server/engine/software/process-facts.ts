import type { Entity } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { RestartPolicy } from '../../domain/entity/restart-policy.ts';
import type { Json } from '../../domain/shared/json.ts';
import { INSTALL_LATCHES, latchesBefore, type ProcessFacts } from '../../domain/software/next-process-step.ts';
import { type ConfigSource, configOf } from '../config-of.ts';

interface Reading {
  readonly entity: Entity;
  readonly current: Instance | undefined;
  readonly source: ConfigSource;
  readonly now: number;
  readonly checkAt: number;
  readonly policy: RestartPolicy;
}

/** What the next step of the process of an instance depends on; null where it has none. */
export function readProcessFacts({ entity, current, source, now, checkAt, policy }: Reading): ProcessFacts | null {
  const { spec, process: state } = current ?? {};
  if (!spec?.process || !state) return null;
  return {
    now,
    checkAt,
    spec: spec.process,
    state,
    crash: entity.crash,
    latch: closedLatch(entity, latchesBefore(state, spec.process), source),
    isRestarted:
      policy.kind === 'always' || (policy.kind === 'on-failure' && (policy.most === null || entity.crash.failures <= policy.most)),
  };
}

/** The latch that software waits for before it has a machine or container, before an install that is put into an image, or before it is stopped. */
export function readPlaceLatch(entity: Entity, current: Instance | undefined, source: ConfigSource): string | null {
  if (!current) return entity.goal === 'running' ? closedLatch(entity, ['latch.provision'], source) : null;
  if (current.state === 'running') return closedLatch(entity, ['latch.stop'], source);
  if (current.state !== 'planned' || current.spec.process?.place.kind === 'machine') return null;
  return closedLatch(entity, INSTALL_LATCHES, source);
}

/** The first that is given and not true yet. */
function closedLatch(entity: Entity, keys: readonly string[], source: ConfigSource): string | null {
  return keys.find((key) => entity.spec.config[key] !== undefined && !isOpen(configOf(entity, key, source))) ?? null;
}

function isOpen(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0 && value !== 'false';
}
