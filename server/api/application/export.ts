import { z } from 'zod';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { printCompose } from '../../domain/compose/print-compose.ts';
import type { LeftOut } from '../../domain/compose/printer.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { id } from '../inputs.ts';
import { maskBlueprint } from '../masking/mask-blueprint.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const exportFormat = z.enum(['camp', 'compose']);

export interface Exported {
  /** Null where the blueprint cannot be understood. */
  readonly text: string | null;
  /** What the language has no words for. */
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

export const exportApplication = procedure({
  permission: 'read',
  scope: onApplication,
  input: z.strictObject({ applicationId: id, as: exportFormat }),
  summary: 'An application’s blueprint, its files merged, as CAMP YAML or as a Compose file; secret values read ***',
  rest: 'GET /applications/{applicationId}/export',
})
  .output(answer<Exported>('The text'))
  .query(async ({ ctx: { services }, input }): Promise<Exported> => {
    const { engine, views } = services;
    const { view } = engine.store;
    const application = view.get('application', input.applicationId);
    const generation = application && [...view.all('generation').values()].find((one) => isOf(one, application));
    if (!application || !generation) throw missing();
    if (input.as === 'compose') {
      const { plan } = views.view('generation', generation);
      const printed = printCompose({ name: application.name, format: 'camp', location: null, root: plan, waits: [] });
      return { ...printed, diagnostics: [] };
    }
    const { text, leftOut, diagnostics } = await engine.planner.convert({ text: generation.text, ...generation.parts }, 'camp');
    return { text: text === null ? null : maskBlueprint(text, views.secretKeys), leftOut, diagnostics };
  });

function isOf(
  generation: { readonly applicationId: string; readonly number: number },
  application: { readonly id: string; readonly generation: number },
): boolean {
  return generation.applicationId === application.id && generation.number === application.generation;
}
