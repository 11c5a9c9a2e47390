import { tracked } from '@trpc/server';
import { z } from 'zod';
import { KINDS, type Kind } from '../../domain/shared/records.ts';
import type { Change, Store } from '../../ports/store.ts';
import type { PublicChange } from '../masking/record-views.ts';
import type { RequestContext } from '../request-context.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type ChangeBuffer, createChangeBuffer } from './change-buffer.ts';
import { type ChangeFilter, createChangeFilter } from './change-filter.ts';
import { pause } from './pause.ts';

/** `snapshot` replaces all that the client has of the kinds it asked for, `changes` is added to it. */
export type WatchMessage =
  | { readonly revision: number; readonly snapshot: readonly PublicChange[] }
  | { readonly revision: number; readonly changes: readonly PublicChange[] };

/** Milliseconds between two patches to one client. */
const PATCH_INTERVAL_MS = 50;
/** Records in one message of a snapshot. */
const SNAPSHOT_CHUNK = 2_000;
/** Sent as id with all but the last message of a snapshot: a client that loses the link in between starts over. */
const INCOMPLETE = '0';

/** A snapshot, or what changed since `lastEventId`, then every change. Ids are revisions of the store. */
export const watch = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length), lastEventId: z.string().max(32).nullish() }),
  summary: 'Live records of the kinds asked for',
}).subscription(async function* ({ ctx, input, signal }) {
  const { store } = ctx.services.engine;
  const stop = signal ?? new AbortController().signal;
  const buffer = createChangeBuffer();
  const filter = createChangeFilter(ctx.principal, store.view, ctx.services.views, new Set(input.kinds));
  const unsubscribe = store.subscribe((event) => buffer.add({ revision: event.revision, changes: passAll(filter, event.changes) }));
  try {
    const revision = store.revision;
    for (const message of firstMessages(store, filter, input.kinds, input.lastEventId ?? null)) {
      await ctx.drained(stop);
      yield message;
    }
    yield* patches(ctx, buffer, revision, stop);
  } finally {
    unsubscribe();
  }
});

async function* patches(ctx: RequestContext, buffer: ChangeBuffer, since: number, stop: AbortSignal) {
  let revision = since;
  while (!stop.aborted) {
    await buffer.filled(stop);
    await pause(PATCH_INTERVAL_MS, stop);
    // Changes are merged while the client takes what it was sent.
    await ctx.drained(stop);
    const patch = stop.aborted ? null : buffer.take();
    if (!patch) continue;
    revision = Math.max(revision, patch.revision);
    yield message(revision, { revision, changes: patch.changes });
  }
}

function firstMessages(store: Store, filter: ChangeFilter, kinds: readonly Kind[], lastEventId: string | null) {
  const { revision } = store;
  const missed = filter.seesAll ? missedSince(store, lastEventId) : null;
  if (missed) return [message(revision, { revision, changes: passAll(filter, missed) })];
  const records = kinds.flatMap((kind) => [...store.view.all(kind)].map(([id, record]): Change => ({ kind, id, record })));
  const shown = passAll(filter, records);
  const chunks = Array.from({ length: Math.max(1, Math.ceil(shown.length / SNAPSHOT_CHUNK)) }, (_, index) =>
    shown.slice(index * SNAPSHOT_CHUNK, (index + 1) * SNAPSHOT_CHUNK),
  );
  return chunks.map((chunk, index) => {
    const id = index === chunks.length - 1 ? revision : null;
    return message(id, index === 0 ? { revision, snapshot: chunk } : { revision, changes: chunk });
  });
}

/** What changed after the revision the client has, and running tasks, whose progress is in no revision. */
function missedSince(store: Store, lastEventId: string | null): readonly Change[] | null {
  const revision = Number(lastEventId ?? INCOMPLETE);
  if (!Number.isSafeInteger(revision) || revision <= 0 || revision > store.revision) return null;
  const events = store.since(revision);
  if (!events) return null;
  const latest = new Map(events.flatMap((event) => event.changes).map((change) => [`${change.kind}:${change.id}`, change]));
  for (const [id, record] of store.view.all('task'))
    if (record.status === 'running') latest.set(`task:${id}`, { kind: 'task', id, record });
  return [...latest.values()];
}

function passAll(filter: ChangeFilter, changes: readonly Change[]): readonly PublicChange[] {
  return changes.flatMap((change) => filter.pass(change) ?? []);
}

function message(revision: number | null, body: WatchMessage) {
  return tracked(revision === null || revision === 0 ? INCOMPLETE : String(revision), body);
}
