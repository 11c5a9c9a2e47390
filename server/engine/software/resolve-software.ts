import type { Entity } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import { openedPorts, portsOfKeys } from '../../domain/software/process-ports.ts';
import { softwareSensors } from '../../domain/software/software-sensors.ts';
import type { PhaseFiles } from '../../domain/software/to-process-spec.ts';
import { type SoftwareConfig, toPlace, toProcessSpec, type WhereItRuns } from '../../domain/software/to-process-spec.ts';
import type { SoftwareBehaviour } from '../../ports/entity-type.ts';
import type { StoreView } from '../../ports/store.ts';
import { machineOf } from '../clouds/cloud-hosts.ts';
import type { ContainerResolution } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { keptArchives } from '../sources/kept-archives.ts';
import { specHashOf } from '../spec-hash.ts';
import { containerSpec, machineSpec } from './software-spec.ts';
import { whereItRuns } from './where-it-runs.ts';

const IN_A_CONTAINER = '/opt/clocker';
const DATA_OF_ROOT = '/var/lib/clocker-data';

export interface Software {
  readonly behaviour: SoftwareBehaviour<unknown>;
  /** Resolved, and right for its type. */
  readonly config: unknown;
  readonly files: PhaseFiles;
  readonly view: StoreView;
}

/** What an entity that commands install and run should be now, wherever it runs. Image names are given by the caller. */
export function resolveSoftware(
  entity: Entity,
  context: Pick<EngineContext, 'provisioners'>,
  { behaviour, config: given, files, view }: Software,
): ContainerResolution {
  const config = given as SoftwareConfig;
  const where = placeOf(entity, context, view);
  const place = toPlace(config, where);
  const archives = keptArchives(entity, behaviour.archives?.places(given) ?? [], view);
  if ('missing' in archives) return { kind: 'invalid', problem: `${archives.missing} was not kept: update the application` };
  const process = toProcessSpec({ config, place, commands: behaviour.commands(given, place), files, archives: archives.kept });
  const ports = openedPorts(config, behaviour.ports?.(given) ?? []);
  const parts = { config, process, ports, baseImage: behaviour.baseImage, keepsData: behaviour.keepsData === true };
  const spec = where.kind === 'machine' ? machineSpec(parts) : containerSpec(parts);
  if ('problem' in spec) return { kind: 'invalid', problem: spec.problem };
  const keys = portsOfKeys(config);
  return {
    kind: 'resolved',
    spec,
    specHash: specHashOf(spec),
    probe: behaviour.readiness?.(given) ?? { kind: 'running' },
    startTimeoutMs: process.startTimeoutMs,
    live: null,
    sensors: (instance, host) => ({
      ...softwareSensors(process, keys, { instance, host }),
      ...behaviour.sensors?.({ config: given, instance, host }),
    }),
  };
}

function placeOf(entity: Entity, context: Pick<EngineContext, 'provisioners'>, view: StoreView): WhereItRuns {
  const { type, applicationId, id: entityId } = entity;
  const kind = whereItRuns(context, view, entity);
  const folders = kind === 'container' ? { base: IN_A_CONTAINER, dataBase: DATA_OF_ROOT } : foldersOn(machineOf(view, entity));
  return { kind, ...folders, type, applicationId, entityId };
}

/** Below the home of who logs in; data of root below a folder that the user of a server reaches. */
function foldersOn(host: Host | undefined): Pick<WhereItRuns, 'base' | 'dataBase'> {
  const user = host?.user ?? 'root';
  if (user === 'root') return { base: '/root/clocker-processes', dataBase: DATA_OF_ROOT };
  return { base: `/home/${user}/clocker-processes`, dataBase: `/home/${user}/clocker-data` };
}
