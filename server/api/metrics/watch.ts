import { z } from 'zod';
import type { Principal } from '../../ports/auth.ts';
import type { SensorSample, StoreView } from '../../ports/store.ts';
import { mayOn } from '../access.ts';
import { pause } from '../events/pause.ts';
import { id } from '../inputs.ts';
import type { ApiServices } from '../request-context.ts';
import { anywhere, entityChain, hostChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';

const INTERVAL_MS = 1_000;

/** Latest values at once, then once a second what changed, the newest value of each sensor. */
export const watch = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ subjectIds: z.array(id).max(1_000).optional() }).optional(),
  summary: 'Live numeric sensors of entities and hosts',
}).subscription(async function* ({ ctx, input, signal }): AsyncGenerator<readonly SensorSample[], void> {
  const { services, principal } = ctx;
  const stop = signal ?? new AbortController().signal;
  const wanted = input?.subjectIds ? new Set(input.subjectIds) : null;
  const waiting = new Map<string, SensorSample>();
  const add = (subjectId: string, at: number, values: Readonly<Record<string, number>>) => {
    if (wanted && !wanted.has(subjectId)) return;
    for (const [sensor, value] of Object.entries(values)) waiting.set(`${subjectId} ${sensor}`, { subjectId, sensor, at, value });
  };
  const unsubscribe = services.engine.metrics.subscribe(add);
  try {
    for (const subjectId of wanted ?? subjectsOf(services.engine.store.view)) {
      add(subjectId, services.engine.clock.now(), services.engine.metrics.latest(subjectId));
    }
    while (!stop.aborted) {
      await ctx.drained(stop);
      if (waiting.size > 0) {
        const samples = readable(services, principal, [...waiting.values()]);
        waiting.clear();
        if (samples.length > 0) yield samples;
      }
      await pause(INTERVAL_MS, stop);
    }
  } finally {
    unsubscribe();
  }
});

function* subjectsOf(view: StoreView): Generator<string> {
  yield* view.all('host').keys();
  yield* view.all('entity').keys();
}

function readable(services: ApiServices, principal: Principal, samples: readonly SensorSample[]): readonly SensorSample[] {
  if (mayOn(principal, 'read', ['system'])) return samples;
  const { view } = services.engine.store;
  const known = new Map<string, boolean>();
  return samples.filter(({ subjectId }) => {
    const cached = known.get(subjectId);
    if (cached !== undefined) return cached;
    const chain = entityChain(view, subjectId) ?? hostChain(view, subjectId);
    const may = chain !== null && mayOn(principal, 'read', chain);
    known.set(subjectId, may);
    return may;
  });
}
