import { z } from 'zod';
import { setArtifactRule } from '../../engine/commands/artifacts/set-artifact-rule.ts';
import { answer } from '../answer.ts';
import { artifactSource, urlBeginning } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const set = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ from: urlBeginning, to: artifactSource }),
  summary:
    'Have builds and installs get what begins with a URL from elsewhere, or from a file of the console, from the next deploy or update of an application on',
  rest: 'PUT /artifact-rules/item',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await setArtifactRule(services.engine, userCause(principal), input);
    return { ok: true as const };
  });
