import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Task } from '@/server/domain/entity/task.ts';

/** What a cancel does; null for a task that cannot be cancelled. */
export function cancelText({ effect }: Pick<Task, 'effect'>): string | null {
  switch (effect) {
    case null:
      return 'This step is broken off. As long as what it is for is still wanted, it is tried again later.';
    case 'running':
      return 'What is up stays. What is not up yet is given up.';
    case 'drained':
      return 'What was moved stays where it is now; the rest stays on the host.';
    case 'rebalanced':
      return 'What was moved stays where it is now; no other container is moved.';
    case 'stopped':
    case 'destroyed':
    case 'rolled-out':
      return null;
  }
}

/** The entities that are given up. */
export function cancelVictims({ id, effect }: Pick<Task, 'id' | 'effect'>, entities: ReadonlyMap<string, Entity>): readonly Victims[] {
  if (effect !== 'running') return [];
  const unfinished = [...entities.values()].filter(
    (entity) => entity.taskId === id && entity.goal === 'running' && entity.actual !== 'RUNNING' && entity.size === null,
  );
  const isNew = ({ slot, incarnation, wasUp }: Entity) => slot !== null && incarnation <= 1 && wasUp !== true;
  return [
    group(unfinished.filter(isNew), 'new member is removed again', 'new members are removed again'),
    group(
      unfinished.filter((entity) => !isNew(entity)),
      'entity is stopped',
      'entities are stopped',
    ),
  ].flat();
}

function group(entities: readonly Entity[], one: string, many: string): readonly Victims[] {
  if (entities.length === 0) return [];
  const items = entities.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return [{ title: formatCount(entities.length, one, many), items }];
}
