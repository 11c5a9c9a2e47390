import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { EntityId, InstanceId } from '../../domain/shared/ids.ts';
import type { DockerEngine, LogLine } from '../../ports/docker-engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { createLogPosition, type LogPosition } from './log-position.ts';
import { untilChanged } from './until-changed.ts';

export interface ContainerLogLine extends LogLine {
  /** Null for a line of ours about a container that cannot be read. */
  readonly instanceId: InstanceId | null;
  /** A line of ours between those of the containers: another incarnation began, or the host was away for a while. */
  readonly marker: boolean;
}

export interface ContainerLogOptions {
  readonly entityId: EntityId;
  /** Last so many lines of the container that serves now; those of later ones come whole. 0 to 10 000. */
  readonly tail: number;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

type Context = Pick<EngineContext, 'store' | 'hosts' | 'clock'>;

const ALL_LINES = 100_000;
/** A stream that failed while the host is there is opened again after this time. */
const RETRY_MS = 500;

/**
 * Lines of an entity's containers. Following goes on over restarts, heals and moves to other hosts: no line twice, none left out as
 * long as its container exists. Ends when the signal aborts, when the entity is deleted, and without `follow` at the last line.
 * @throws ClockerError not-found; without `follow` also host.unreachable and those of the engine
 */
export async function* followContainerLogs(context: Context, options: ContainerLogOptions): AsyncGenerator<ContainerLogLine> {
  const { entityId, follow, signal } = options;
  if (!context.store.view.get('entity', entityId)) throw new ClockerError('not-found', { message: `There is no entity ${entityId}` });
  let current = newest(context, entityId);
  let position = createLogPosition(options.tail);
  let first = true;
  while (!signal.aborted && context.store.view.get('entity', entityId)) {
    if (current) {
      if (!first) yield marker(current, `${current.containerName} on ${hostName(context, current)}`, context.clock.now());
      first = false;
      yield* followInstance(context, current, { position, follow, signal });
    }
    if (!follow) return;
    const last = current;
    current = await nextInstance(context, { entityId, last, signal });
    position = createLogPosition(last ? ALL_LINES : options.tail);
  }
}

interface Following {
  readonly position: LogPosition;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** Lines of one incarnation, over restarts of its container and absences of its host, until another incarnation is there. */
async function* followInstance(context: Context, instance: Instance, following: Following): AsyncGenerator<ContainerLogLine> {
  const { position, follow, signal } = following;
  while (!signal.aborted) {
    const startedAt = context.store.view.get('instance', instance.id)?.startedAt;
    try {
      yield* readOnce(context, instance, following);
      // The stream ends a moment before the row says so.
      if (follow) await untilChanged({ ...context, signal, atMostMs: RETRY_MS, isChanged: () => isOtherRun(context, instance, startedAt) });
    } catch (error) {
      if (signal.aborted) return;
      if (!follow) throw error;
      const away = !context.hosts.ready(instance.hostId);
      if (away) yield marker(instance, `Waiting for ${hostName(context, instance)}: ${toErrorView(error).message}`, context.clock.now());
      else await untilChanged({ ...context, signal, atMostMs: RETRY_MS, isChanged: () => false });
    }
    if (!follow) return;
    position.resume();
    await untilChanged({ ...context, signal, isChanged: () => isOver(context, instance) || hasMore(context, instance, startedAt) });
    if (isOver(context, instance)) return;
  }
}

async function* readOnce(context: Context, instance: Instance, { position, follow, signal }: Following): AsyncGenerator<ContainerLogLine> {
  const session = context.hosts.ready(instance.hostId);
  if (!session) throw away(context, instance);
  const lines = openLogs(session.engine, context, instance, { follow, signal, ...position.request() });
  for await (const line of lines) {
    if (signal.aborted) return;
    if (position.isNew(line)) yield { ...line, instanceId: instance.id, marker: false };
  }
}

function openLogs(engine: DockerEngine, context: Context, instance: Instance, options: Parameters<DockerEngine['logs']>[1]) {
  const latest = context.store.view.get('instance', instance.id) ?? instance;
  return engine.logs(containerKey(latest), options);
}

/** The host is there, and the container runs: after a stream that ended, there may be more to read. */
function hasMore(context: Context, instance: Instance, startedAt: number | null | undefined): boolean {
  if (!context.hosts.ready(instance.hostId)) return false;
  const now = context.store.view.get('instance', instance.id);
  return now?.state === 'running' || (now !== undefined && now.startedAt !== startedAt);
}

function isOtherRun(context: Context, instance: Instance, startedAt: number | null | undefined): boolean {
  const now = context.store.view.get('instance', instance.id);
  return now?.state !== 'running' || now.startedAt !== startedAt;
}

function isOver(context: Context, instance: Instance): boolean {
  const gone = context.store.view.get('instance', instance.id) === undefined;
  return gone || follows(newest(context, instance.entityId), instance) || !context.store.view.get('entity', instance.entityId);
}

/** A later incarnation, or an earlier one that serves again. */
function follows(latest: Instance | undefined, last: Instance | undefined): boolean {
  if (latest === undefined || latest.id === last?.id) return false;
  return last === undefined || latest.incarnation > last.incarnation || latest.state === 'running';
}

async function nextInstance(
  context: Context,
  wanted: { readonly entityId: EntityId; readonly last: Instance | undefined; readonly signal: AbortSignal },
): Promise<Instance | undefined> {
  const { entityId, last, signal } = wanted;
  const isNext = (): boolean => follows(newest(context, entityId), last);
  await untilChanged({ ...context, signal, isChanged: () => isNext() || !context.store.view.get('entity', entityId) });
  return isNext() ? newest(context, entityId) : undefined;
}

/** The newest incarnation that has, or had, a container. */
function newest(context: Context, entityId: EntityId): Instance | undefined {
  let found: Instance | undefined;
  for (const instance of context.store.view.instancesOf(entityId)) {
    const hasLines = instance.state !== 'planned' && instance.state !== 'created';
    if (hasLines && (!found || instance.incarnation > found.incarnation)) found = instance;
  }
  return found;
}

function marker(instance: Instance, text: string, now: number): ContainerLogLine {
  return { stream: 'stdout', at: new Date(now).toISOString(), text, instanceId: instance.id, marker: true };
}

function hostName(context: Context, instance: Instance): string {
  return context.store.view.get('host', instance.hostId)?.name ?? 'a host that was removed';
}

function away(context: Context, instance: Instance): ClockerError {
  const host = context.store.view.get('host', instance.hostId);
  const why = host?.reason ? `: ${host.reason}` : '';
  return new ClockerError('host.unreachable', {
    message: `${hostName(context, instance)} is ${host?.state ?? 'gone'}${why}`,
    hint: 'The lines come as soon as the host is back.',
    retryable: true,
  });
}
