import type { HostFacts } from '../../domain/entity/host.ts';
import { type HostReading, parseHostReading, resolveHostCapacity } from '../../domain/sensor/host-capacity.ts';
import { type ErrorView, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { EngineFacts } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { FACTS_SCRIPT } from './host-scripts.ts';

export interface ReadFacts {
  readonly facts: HostFacts;
  /** The host's own clock in seconds since the epoch; null when its shell did not answer. */
  readonly clockS: number | null;
  /** Why the shell did not answer: the facts are then the engine's alone. */
  readonly shellError: ErrorView | null;
}

/** Engine facts and one script over the held shell. Errors: those of `DockerEngine.facts`; a shell that fails is no error. */
export async function readHostFacts(session: HostSession, signal: AbortSignal): Promise<ReadFacts> {
  const [engine, shell] = await Promise.all([session.engine.facts({ signal }), readShell(session)]);
  return { facts: toFacts(engine, shell.reading), clockS: shell.reading.clockS, shellError: shell.error };
}

async function readShell(session: HostSession): Promise<{ readonly reading: HostReading; readonly error: ErrorView | null }> {
  try {
    const { output } = await session.shell.run(FACTS_SCRIPT, { timeoutMs: 5_000 });
    return { reading: parseHostReading(output), error: null };
  } catch (error) {
    return { reading: parseHostReading(''), error: toErrorView(error) };
  }
}

function toFacts(engine: EngineFacts, reading: HostReading): HostFacts {
  const { cpus, memoryBytes } = resolveHostCapacity(engine, reading);
  return {
    os: reading.os ?? engine.os,
    kernel: engine.kernel,
    architecture: engine.architecture,
    engineVersion: engine.version,
    storageDriver: engine.storageDriver,
    cgroupVersion: engine.cgroupVersion,
    cpus,
    memoryBytes,
    liveRestore: engine.liveRestore,
    ...(reading.underlay === null ? {} : { underlay: reading.underlay }),
    ...(reading.routes.length === 0 ? {} : { routes: reading.routes }),
    ...(reading.lacks.length === 0 ? {} : { lacks: reading.lacks }),
  };
}
