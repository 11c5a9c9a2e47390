import { z } from 'zod';
import type { TaskId } from '../domain/shared/ids.ts';

/**
 * The type of an answer. Answers are made by this server, so they are not validated again on their way out; the API's document
 * shows their kind and description.
 */
export function answer<T>(description: string): z.ZodType<T, T> {
  return z.custom<T>().meta({ description, override: { type: 'object' } });
}

export function answerList<T>(description: string): z.ZodType<readonly T[], readonly T[]> {
  return z.custom<readonly T[]>().meta({ description, override: { type: 'array', items: { type: 'object' } } });
}

export interface TaskAnswer {
  readonly taskId: TaskId;
}

/** For what takes time: the task tells how it goes and ends. */
export const taskAnswer = answer<TaskAnswer>('The task that does it');
