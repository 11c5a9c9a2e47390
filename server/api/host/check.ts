import { z } from 'zod';
import type { ConnectionCheck } from '../../domain/host/connection-checks.ts';
import { checkHost as check, checkMachine as checkNew } from '../../engine/commands/hosts/check-host.ts';
import { answer } from '../answer.ts';
import { hostKey, idOf, slug, tcpPort } from '../inputs.ts';
import { onCloud, onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

const checks = answer<readonly ConnectionCheck[]>('From its name to its disk; what could not be looked at is skipped');

export const checkHost = procedure({
  permission: 'operate',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'Look at each thing between here and the engine of a host, and say what to do; nothing is changed',
  rest: 'POST /hosts/{hostId}/check',
})
  .output(checks)
  .mutation(({ ctx, input, signal }) => check(ctx.services.engine, input, signal));

export const checkMachine = procedure({
  permission: 'administer',
  scope: onCloud,
  input: z.strictObject({
    cloudId: idOf<'cloud'>(),
    name: slug,
    address: z.string().min(1).max(253),
    port: tcpPort.default(22),
    user: z.string().min(1).max(64),
    credentialId: idOf<'credential'>(),
    hostKey,
  }),
  summary: 'The same for a machine that is to become a host of a cloud; it is sent nothing unless it shows this key',
  rest: 'POST /host-checks',
})
  .output(checks)
  .mutation(({ ctx, input, signal }) => checkNew(ctx.services.engine, input, signal));
