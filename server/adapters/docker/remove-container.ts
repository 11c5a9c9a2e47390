import type { CallOptions } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';

const GONE = { statuses: [404], value: 'gone' } as const;
const LOOK_EVERY_MS = 100;

/** Removes a container, running or not, with its anonymous volumes. */
export async function removeContainer({ calls, clock }: EngineParts, nameOrId: string, options?: CallOptions): Promise<void> {
  const what = `removal of ${nameOrId.slice(0, 64)}`;
  const id = toObjectName(nameOrId);
  const outcome = await calls.call<'removed' | 'gone' | 'under way'>({
    what,
    deadlineMs: DEADLINE_MS.remove,
    options,
    expected: GONE,
    perform: (docker, abortSignal) =>
      docker
        .getContainer(id)
        .remove({ force: true, v: true, abortSignal })
        .then(() => 'removed' as const, toUnderWay),
  });
  if (outcome !== 'under way') return;
  // Somebody else's removal: done when the container is gone.
  await calls.call<'gone'>({
    what,
    deadlineMs: DEADLINE_MS.remove,
    options,
    expected: GONE,
    perform: async (docker, abortSignal) => {
      for (;;) {
        await docker.getContainer(id).inspect({ abortSignal });
        await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
        abortSignal.throwIfAborted();
      }
    },
  });
}

function toUnderWay(error: unknown): 'under way' {
  const isUnderWay = error instanceof Error && /removal of container .* is already in progress/i.test(error.message);
  if (!isUnderWay) throw error;
  return 'under way';
}
