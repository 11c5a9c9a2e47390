import type { Probe } from '../../domain/adjunct/feed.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import { exportsOf } from '../../domain/software/shell-text.ts';
import type { ExecOptions, ExecResult } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { EngineContext } from '../engine-context.ts';

export type CommandProbe = Extract<Probe, { readonly kind: 'command' }>;

/** Where commands of an entity run now, on its machine where it has no container; or why none can. */
export type CommandPlace =
  | { readonly ok: true; readonly hostId: HostId; readonly session: HostSession; readonly containerId: string | null }
  /** `soon`: that passes by itself. */
  | { readonly ok: false; readonly soon: boolean; readonly why: string };

type Reading = Pick<EngineContext, 'store' | 'hosts' | 'plugins'>;

export function placeOf({ store, hosts, plugins }: Reading, entity: Entity): CommandPlace {
  const { view } = store;
  const kind = plugins.entityTypes.get(entity.type)?.kind;
  if (kind !== 'container' && kind !== 'software') {
    return { ok: false, soon: false, why: `${entity.name} runs nothing itself: commands run in the container of a service` };
  }
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  const isOnMachine = instance?.spec.process?.place.kind === 'machine';
  if (instance?.state !== 'running' || (instance.containerId === null && !isOnMachine)) {
    return { ok: false, soon: true, why: `${isOnMachine ? entity.name : `the container of ${entity.name}`} does not run` };
  }
  const session = hosts.ready(instance.hostId);
  if (!session) return { ok: false, soon: true, why: `${view.get('host', instance.hostId)?.name ?? 'its host'} is not ready` };
  return { ok: true, hostId: instance.hostId, session, containerId: isOnMachine ? null : instance.containerId };
}

/** The folder stands in the environment: no text of a blueprint becomes part of a command. */
const IN_FOLDER = 'cd "$CLOCKER_FOLDER" || exit 1\n';

/**
 * Runs a script where an entity runs, by `sh`, the script on its standard input.
 * @throws ClockerError deadline | cancelled | container.not-ready | host.lost
 */
export async function runWhereItRuns(
  { session, containerId }: Extract<CommandPlace, { readonly ok: true }>,
  { script, env, folder }: Omit<CommandProbe, 'kind'>,
  options: Pick<ExecOptions, 'timeoutMs' | 'signal' | 'onOutput'>,
): Promise<ExecResult> {
  if (containerId === null) {
    const given = { ...env, ...(folder === undefined ? {} : { CLOCKER_FOLDER: folder }) };
    return await session.script(`${exportsOf(given)}${folder === undefined ? '' : IN_FOLDER}${script}\n`, options);
  }
  return await session.engine.exec(containerId, {
    ...options,
    argv: ['sh'],
    stdin: `${folder === undefined ? '' : IN_FOLDER}${script}\n`,
    env: { ...env, ...(folder === undefined ? {} : { CLOCKER_FOLDER: folder }) },
  });
}

export function requirePlace(context: Reading, entity: Entity): Extract<CommandPlace, { readonly ok: true }> {
  const place = placeOf(context, entity);
  if (place.ok) return place;
  const hint = place.soon ? 'Try again once it runs.' : 'Attach it to a service that runs in a container.';
  throw new ClockerError('conflict', { message: `No command can run: ${place.why}`, hint });
}
