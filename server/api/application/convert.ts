import { z } from 'zod';
import { partsOf } from '../../domain/blueprint/blueprint-input.ts';
import { answer } from '../answer.ts';
import { blueprintParts, blueprintText } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type Exported, exportFormat } from './export.ts';

/** The caller's own text comes back in another language, so nothing in it is masked. */
export const convert = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ text: blueprintText, ...blueprintParts, as: exportFormat }),
  summary: 'A blueprint as CAMP YAML or as a Compose file, changing nothing',
  rest: 'POST /conversions',
})
  .output(answer<Exported>('The text, and what was found in the blueprint'))
  .query(async ({ ctx: { services }, input }): Promise<Exported> => {
    const { text, leftOut, diagnostics } = await services.engine.planner.convert({ text: input.text, ...partsOf(input) }, input.as);
    return { text, leftOut, diagnostics };
  });
