import { z } from 'zod';
import { removeArtifactRule } from '../../engine/commands/artifacts/remove-artifact-rule.ts';
import { answer } from '../answer.ts';
import { urlBeginning } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ from: urlBeginning }),
  summary: 'Forget a rule; what was built by it stays',
  rest: 'DELETE /artifact-rules/item',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeArtifactRule(ctx.services.engine, input.from);
    return { ok: true as const };
  });
