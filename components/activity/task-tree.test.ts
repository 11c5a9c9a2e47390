import { expect, it } from 'vitest';
import type { Task } from '../../server/domain/entity/task.ts';
import type { TaskId } from '../../server/domain/shared/ids.ts';
import { runningActs, taskTree } from './task-tree.ts';

function task(id: string, startedAt: number, over: Partial<Task> = {}): Task {
  return {
    id: id as TaskId,
    parentId: null,
    applicationId: null,
    entityId: null,
    hostId: null,
    name: id,
    cause: { kind: 'user', by: 'ada' },
    status: 'done',
    progress: null,
    startedAt,
    endedAt: startedAt + 1,
    error: null,
    hasLog: false,
    effect: null,
    ...over,
  };
}

it('shows the newest act first and its steps in the order they began', () => {
  const parentId = 'scale' as TaskId;
  const tree = taskTree([task('deploy', 1), task('start', 5, { parentId }), task('pull', 4, { parentId }), task('scale', 3)]);
  expect(tree.map((node) => node.task.id)).toEqual(['scale', 'deploy']);
  expect(tree[0]?.children.map((node) => node.task.id)).toEqual(['pull', 'start']);
});

it('keeps a step whose act was pruned', () => {
  const tree = taskTree([task('start', 5, { parentId: 'gone' as TaskId })]);
  expect(tree.map((node) => node.task.id)).toEqual(['start']);
});

it('lists only acts that run', () => {
  const running = task('a', 1, { status: 'running', endedAt: null });
  expect(runningActs([running, task('b', 2), { ...running, id: 'c' as TaskId, parentId: running.id }])).toEqual([running]);
});
