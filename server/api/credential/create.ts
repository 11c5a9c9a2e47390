import { z } from 'zod';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CredentialId } from '../../domain/shared/ids.ts';
import { createCredential } from '../../engine/commands/hosts/create-credential.ts';
import { answer } from '../answer.ts';
import { slug } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface NewCredential {
  readonly credentialId: CredentialId;
  /** For the machine's `authorized_keys`. */
  readonly publicKey: string;
}

export const create = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({
    name: slug,
    privateKey: z.string().min(1).max(32_768).optional(),
    generate: z.literal(true).optional(),
  }),
  summary: 'Keep a private SSH key, a given one or a new one; only its public part ever comes back',
  rest: 'POST /credentials',
})
  .output(answer<NewCredential>('The new credential'))
  .mutation(({ ctx, input: { name, privateKey, generate } }) => {
    if (privateKey !== undefined && generate === undefined) return createCredential(ctx.services.engine, { name, privateKey });
    if (privateKey === undefined && generate) return createCredential(ctx.services.engine, { name, generate });
    throw new ClockerError('input.invalid', {
      message: 'A credential is either given or generated',
      hint: 'Send privateKey, or generate: true.',
    });
  });
