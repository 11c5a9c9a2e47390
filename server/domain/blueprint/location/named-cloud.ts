import type { LocationSpec } from '../../entity/entity-spec.ts';
import { RECORD_NAME } from '../../shared/record-name.ts';

/** The cloud that a location means by its name: `my-cloud`, `named:my-cloud`, or Clocker's `docker:<id>:(name="my-cloud")`; null for any other. */
export function namedCloud({ kind, target, options }: LocationSpec): string | null {
  const name = kind === 'named' ? target : kind === 'docker' ? options.name : undefined;
  return typeof name === 'string' && RECORD_NAME.test(name) ? name : null;
}
