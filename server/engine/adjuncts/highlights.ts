import type { Adjunct } from '../../domain/adjunct/adjunct.ts';
import type { Highlight } from '../../domain/adjunct/behaviour.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EngineContext } from '../engine-context.ts';
import type { LiveAdjunct } from './adjunct-index.ts';

/** What an adjunct says is shown at most so often, milliseconds; numbers in it alone, while all is well, less often. */
const SHOWN_EACH_MS = 1_000;
const MOVED_EACH_MS = 5_000;

/** What adjuncts say of what they see: shown, not durable; the newest of each second. */
export interface Highlights {
  say(adjunct: LiveAdjunct, entity: Entity, highlight: Pick<Highlight, 'level' | 'text'>): void;
  forget(id: string): void;
}

export function createHighlights({ store, clock }: Pick<EngineContext, 'store' | 'clock'>): Highlights {
  const shownAt = new Map<string, number>();
  const later = new Map<string, { highlight: Highlight; readonly cancel: () => void }>();

  function show(adjunct: LiveAdjunct, entity: Entity, highlight: Highlight): void {
    shownAt.set(adjunct.id, clock.now());
    store.showVolatile('adjunct', { ...recordOf(adjunct, entity, store.view.get('adjunct', adjunct.id)), highlight });
  }

  return {
    say(adjunct, entity, { level, text }) {
      const { id } = adjunct;
      const highlight: Highlight = { level, text, at: clock.now() };
      const waiting = later.get(id);
      if (waiting && level === 'ok') {
        waiting.highlight = highlight;
        return;
      }
      waiting?.cancel();
      later.delete(id);
      const shown = store.view.get('adjunct', id)?.highlight;
      if (shown?.text === text && shown.level === level) return;
      const dueAt = (shownAt.get(id) ?? 0) + (level === 'ok' && shown?.level === 'ok' ? MOVED_EACH_MS : SHOWN_EACH_MS);
      if (clock.now() >= dueAt) {
        show(adjunct, entity, highlight);
        return;
      }
      const cancel = clock.after(dueAt - clock.now(), () => {
        const last = later.get(id)?.highlight;
        later.delete(id);
        if (last && store.view.get('entity', entity.id)) show(adjunct, entity, last);
      });
      later.set(id, { highlight, cancel });
    },
    forget(id) {
      later.get(id)?.cancel();
      later.delete(id);
      shownAt.delete(id);
    },
  };
}

/** The record of an adjunct, or one that says nothing yet. */
export function recordOf(
  { id, key, kind }: Pick<LiveAdjunct, 'id' | 'key' | 'kind'>,
  { id: entityId, applicationId }: Pick<Entity, 'id' | 'applicationId'>,
  record: Adjunct | undefined,
): Adjunct {
  return record ?? { id, key, kind, entityId, applicationId };
}
