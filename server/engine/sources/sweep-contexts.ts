import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';

const EVERY_MS = 3_600_000;
/** A context comes before the generation that names it. */
const UNUSED_FOR_MS = 3_600_000;

/** Removes files that nothing can be built from any more, now and each hour. Returns what ends it. */
export function sweepContexts({ store, contexts, clock, log }: EngineContext): () => void {
  let cancel = (): void => undefined;
  const sweep = (): void => {
    contexts
      .removeUnused(usedContexts(store.view), clock.now() - UNUSED_FOR_MS)
      .then((count) => count > 0 && log.info('build contexts removed', { count }))
      .catch((error: unknown) => log.error('build contexts could not be removed', { error: toErrorView(error) }));
    cancel = clock.after(EVERY_MS, sweep);
  };
  sweep();
  return () => cancel();
}

/** Those that a generation was made with, or that a container's image is built from. */
export function usedContexts(view: StoreView): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { parts, plan } of view.all('generation').values()) {
    for (const hash of Object.values(parts?.contexts ?? {})) used.add(hash);
    for (const hash of Object.values(plan.artifacts?.archives ?? {})) used.add(hash);
    for (const { context } of Object.values(plan.artifacts?.sources ?? {})) if (context !== null) used.add(context);
  }
  for (const { spec } of view.all('instance').values()) {
    if (spec.build?.context !== undefined) used.add(spec.build.context);
    for (const { hash } of spec.archives ?? []) used.add(hash);
  }
  return used;
}
