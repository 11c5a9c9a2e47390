import type { PublicChange } from '../../api/masking/record-views.ts';
import type { Rollout } from '../../domain/entity/application.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Task } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Session } from './action.ts';
import { followRecords, type LiveRecords, lateError } from './live-records.ts';
import { printable } from './output.ts';

const KINDS = ['task', 'entity', 'rollout', 'host', 'application'] as const;

/** Waits until a task has ended, printing a line for each task that began or ended meanwhile. @throws ClockerError the task's error; deadline */
export function waitForTask({ api, output }: Session, taskId: string, timeoutMs: number): Promise<Task> {
  const lines = createTaskLines();
  return followRecords<Task>(api, {
    kinds: KINDS,
    timeoutMs,
    look(records, changes) {
      const task = records.get('task', taskId);
      for (const line of lines(records, changes, task ?? null)) output.progress(line);
      return task && task.status !== 'running' ? requireDone(task, records) : undefined;
    },
    late: (records) => {
      const task = records.get('task', taskId);
      return lateError(
        `${task?.name ?? 'The task'} has not ended within ${timeoutMs / 1_000} s`,
        reasonsOf(records, task?.applicationId ?? null),
      );
    },
  });
}

/** Waits until a rollout has ended. @throws ClockerError container.not-ready when it was reverted or failed; deadline */
export function waitForRollout({ api, output }: Session, rolloutId: string, timeoutMs: number): Promise<Rollout> {
  const lines = createTaskLines();
  return followRecords<Rollout>(api, {
    kinds: KINDS,
    timeoutMs,
    look(records, changes) {
      const rollout = records.get('rollout', rolloutId);
      const since = rollout && { applicationId: rollout.applicationId, startedAt: rollout.startedAt };
      for (const line of lines(records, changes, since ?? null)) output.progress(line);
      if (!rollout || rollout.state === 'running' || rollout.state === 'reverting') return undefined;
      if (rollout.state === 'done') return rollout;
      throw new ClockerError('container.not-ready', {
        message: `The update to generation ${rollout.to} was not kept (${rollout.state}): ${rollout.message}`,
        hint: 'The generation before is in place again; see `clocker generations`.',
      });
    },
    late: (records) => {
      const applicationId = records.get('rollout', rolloutId)?.applicationId ?? null;
      return lateError(`The update has not ended within ${timeoutMs / 1_000} s`, reasonsOf(records, applicationId));
    },
  });
}

function requireDone(task: Task, records: LiveRecords): Task {
  if (task.status === 'done') return task;
  const reasons = task.error ? [] : reasonsOf(records, task.applicationId);
  throw new ClockerError(task.error?.code ?? 'cancelled', {
    message: [task.error?.message ?? `${task.name}: ${task.status}`, ...reasons].join('\n  '),
    ...(task.error?.hint ? { hint: task.error.hint } : {}),
  });
}

/** Why entities of an application are not up. */
function reasonsOf(records: LiveRecords, applicationId: string | null): readonly string[] {
  return records
    .all('entity')
    .filter((entity) => entity.applicationId === applicationId && entity.goal === 'running' && entity.actual !== 'RUNNING')
    .filter((entity) => entity.waitingFor !== null || Object.keys(entity.problems).length > 0)
    .map((entity) => `${entity.name} is ${entity.actual}: ${whyNotUp(entity)}`);
}

/** One line: what is wrong with what to do, what it asks, what it waits for. */
export function whyNotUp({ problems, waitingFor, notUpIndicators, question }: WhyNotUp): string {
  const { question: _, ...told } = problems;
  const waits = waitingFor === null || question ? [] : [`waiting for ${waitingFor}`];
  const asks = question
    ? [`${question.text}. To be answered in the console: ${question.choices.map(({ title }) => title).join(', ')}`]
    : [];
  const reasons = [...Object.values(told), ...asks, ...waits];
  return (reasons.length > 0 ? reasons : Object.values(notUpIndicators)).join('; ');
}

type WhyNotUp = Pick<Entity, 'problems' | 'waitingFor' | 'notUpIndicators' | 'question'>;

interface Began {
  readonly applicationId: string | null;
  readonly startedAt: number;
}

/** One line when a task of the application begins and one when it ends, each once. */
function createTaskLines(): (records: LiveRecords, changes: readonly PublicChange[], began: Began | null) => readonly string[] {
  const told = new Map<string, Task['status']>();
  return (records, changes, began) => {
    if (!began) return [];
    return changes.flatMap(({ kind, record }) => {
      if (kind !== 'task' || record === null || record.applicationId !== began.applicationId || record.startedAt < began.startedAt)
        return [];
      if (told.get(record.id) === record.status) return [];
      told.set(record.id, record.status);
      return [toLine(record, records, began.startedAt)];
    });
  };
}

function toLine(task: Task, records: LiveRecords, since: number): string {
  const at = (((task.endedAt ?? task.startedAt) - since) / 1_000).toFixed(1).padStart(6);
  const entity = task.entityId === null ? undefined : records.get('entity', task.entityId);
  const host = task.hostId === null ? undefined : records.get('host', task.hostId);
  const where = [...(entity && task.parentId !== null ? [entity.name] : []), ...(host ? [`on ${host.name}`] : [])].join(' ');
  const error = task.error ? `: ${task.error.message}` : '';
  return printable(`${at} s  ${task.status.padEnd(9)} ${task.name}${where ? ` (${where})` : ''}${error}`);
}
