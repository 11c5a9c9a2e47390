import { z } from 'zod';
import type { HostKey } from '../../domain/entity/host.ts';
import { scanHostKey } from '../../engine/commands/hosts/scan-host-key.ts';
import { answer } from '../answer.ts';
import { tcpPort } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const scanKey = procedure({
  permission: 'administer',
  scope: anywhere,
  input: z.strictObject({ address: z.string().min(1).max(253), port: tcpPort.default(22) }),
  summary: 'Read the key that a machine offers, without logging in, for a person to compare',
  rest: 'POST /host-keys',
})
  .output(answer<HostKey>('The key as OpenSSH prints it'))
  .mutation(({ ctx, input, signal }) => scanHostKey(ctx.services.engine, input, signal));
