import type { Entity } from '../../domain/entity/entity.ts';
import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { subtreeOf } from '../subtree.ts';
import { type ContainerLogLine, type ContainerLogOptions, followContainerLogs } from './container-logs.ts';

export interface EntityLogLine extends ContainerLogLine {
  readonly entityId: EntityId;
  /** Name of the entity whose container printed it. */
  readonly entity: string;
}

type Context = Pick<EngineContext, 'store' | 'hosts' | 'clock' | 'plugins'>;

/** Lines of different containers that arrive within this time are put in the order of their times. Milliseconds. */
const WINDOW_MS = 250;
/** The last lines of all members are put in order once no more have come for a window, at the latest after this. Milliseconds. */
const FIRST_AT_MOST_MS = 3_000;
/** A member that joins is read from its beginning, as far as this many lines. */
const JOINING_TAIL = 10_000;
/** More than so many lines that wait to be taken hold up the containers' streams. */
const WAITING_LINES = 5_000;

/**
 * Lines of an entity's containers and of all below it, in the order of their times, each with the entity it comes from. `tail` counts
 * over all of them. Members that join are followed too. Ends as `followContainerLogs` does; a member that cannot be read is a marker.
 * @throws ClockerError not-found; for an entity with a container of its own also what `followContainerLogs` throws
 */
export async function* followEntityLogs(context: Context, options: ContainerLogOptions): AsyncGenerator<EntityLogLine> {
  const entity = context.store.view.get('entity', options.entityId);
  if (!entity) throw new ClockerError('not-found', { message: `There is no entity ${options.entityId}` });
  if (isContainer(context, entity)) {
    for await (const line of followContainerLogs(context, options)) yield tagged(line, entity);
    return;
  }
  yield* followMembers(context, options);
}

async function* followMembers(context: Context, { entityId, tail, follow, signal }: ContainerLogOptions): AsyncGenerator<EntityLogLine> {
  const { store, clock } = context;
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const known = new Set<EntityId>();
  let waiting: EntityLogLine[] = [];
  let reading = 0;
  let arrived = 0;
  let wakers: (() => void)[] = [];

  const wake = (): void => {
    for (const go of wakers.splice(0)) go();
  };
  const woken = (): Promise<void> => new Promise((resolve) => wakers.push(resolve));
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

  async function read(member: Entity, memberTail: number): Promise<void> {
    reading += 1;
    try {
      for await (const line of followContainerLogs(context, { entityId: member.id, tail: memberTail, follow, signal: stop })) {
        waiting.push(tagged(line, store.view.get('entity', member.id) ?? member));
        arrived += 1;
        wake();
        if (follow) while (waiting.length > WAITING_LINES && !stop.aborted) await woken();
        else if (waiting.length > 4 * tail + WAITING_LINES) waiting = lastOf(waiting, tail);
      }
    } catch (error) {
      if (!stop.aborted) waiting.push(unreadable(member, { text: toErrorView(error).message, now: clock.now() }));
    } finally {
      reading -= 1;
      wake();
    }
  }

  function readMembers(memberTail: number): void {
    const group = store.view.get('entity', entityId);
    for (const member of group ? subtreeOf(store.view, group) : []) {
      if (known.has(member.id) || !isContainer(context, member)) continue;
      known.add(member.id);
      void read(member, memberTail);
    }
  }

  /** Until the members have said what they had to say so far. */
  async function firstLines(): Promise<void> {
    if (!follow) while (reading > 0 && !stop.aborted) await woken();
    const until = clock.now() + FIRST_AT_MOST_MS;
    for (let before = -1; follow && before !== arrived && clock.now() < until && !stop.aborted; ) {
      before = arrived;
      await pause(WINDOW_MS);
    }
  }

  const unsubscribe = store.subscribe(({ changes }) => {
    if (!changes.some(({ kind }) => kind === 'entity')) return;
    if (follow) readMembers(JOINING_TAIL);
    wake();
  });
  stop.addEventListener('abort', wake, { once: true });
  try {
    readMembers(tail);
    await firstLines();
    yield* lastOf(waiting.splice(0), tail);
    wake();
    while (follow && !stop.aborted && (store.view.get('entity', entityId) || waiting.length > 0)) {
      if (waiting.length === 0) await woken();
      else await pause(WINDOW_MS);
      yield* inOrder(waiting.splice(0));
      wake();
    }
  } finally {
    unsubscribe();
    left.abort();
    wakers = [];
  }
}

function inOrder(lines: readonly EntityLogLine[]): readonly EntityLogLine[] {
  return lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function lastOf(lines: readonly EntityLogLine[], count: number): EntityLogLine[] {
  return count === 0 ? [] : inOrder(lines).slice(-count);
}

function tagged(line: ContainerLogLine, { id, name }: Entity): EntityLogLine {
  return { ...line, entityId: id, entity: name };
}

function unreadable({ id, name }: Entity, { text, now }: { readonly text: string; readonly now: number }): EntityLogLine {
  const at = new Date(now).toISOString();
  return { stream: 'stdout', at, text: `Cannot read the log: ${text}`, instanceId: null, marker: true, entityId: id, entity: name };
}

function isContainer({ plugins }: Context, { type, machine }: Entity): boolean {
  return machine === undefined && entityKind({ plugins }, type) === 'container';
}
