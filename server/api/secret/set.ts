import { z } from 'zod';
import { LONGEST_SECRET } from '../../domain/shared/secret-record.ts';
import { setSecret } from '../../engine/commands/secrets/set-secret.ts';
import { answer } from '../answer.ts';
import { secretKey } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export interface SecretSet {
  /** Names of the applications that read it and are updated now. */
  readonly applications: readonly string[];
}

export const set = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ ...secretKey, secret: z.string().min(1).max(LONGEST_SECRET) }),
  summary: 'Keep a secret for blueprints, or replace it; applications that read it are rolled out anew',
  rest: 'PUT /secrets/item',
})
  .output(answer<SecretSet>('The applications that it concerns'))
  .mutation(({ ctx: { services, principal }, input }): Promise<SecretSet> => setSecret(services.engine, userCause(principal), input));
