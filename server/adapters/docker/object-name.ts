import { ClockerError } from '../../domain/shared/clocker-error.ts';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/** A container's or volume's name or id, fit for a path of the engine's API. Errors: input.invalid. */
export function toObjectName(name: string): string {
  if (NAME.test(name)) return name;
  throw new ClockerError('input.invalid', { message: `Not a name that Docker allows: ${JSON.stringify(name)}` });
}
