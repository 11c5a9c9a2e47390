import type { Task } from '../../server/domain/entity/task.ts';

export interface TaskNode {
  readonly task: Task;
  readonly children: readonly TaskNode[];
}

/** Tasks as a tree: newest act first, the steps of an act in the order they began. A step whose parent is gone stands at the top. */
export function taskTree(tasks: readonly Task[]): readonly TaskNode[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const children = Map.groupBy(tasks, (task) => (task.parentId && byId.has(task.parentId) ? task.parentId : null));
  const nodes = (parent: Task['parentId']): TaskNode[] =>
    (children.get(parent) ?? [])
      .toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
      .map((task) => ({ task, children: nodes(task.id) }));
  return nodes(null).toReversed();
}

/** Acts (tasks without a parent) that run now, oldest first: what the top bar shows. */
export function runningActs(tasks: Iterable<Task>): readonly Task[] {
  return [...tasks].filter((task) => task.parentId === null && task.status === 'running').sort((a, b) => a.startedAt - b.startedAt);
}
