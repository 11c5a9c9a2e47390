import type { TaskCause } from '../domain/entity/task.ts';
import type { Principal } from '../ports/auth.ts';

/** Tasks and generations name the user who asked. */
export function userCause(principal: Principal): TaskCause {
  return { kind: 'user', by: principal.username };
}
