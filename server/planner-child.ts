import { planApplication } from './domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from './domain/catalog/catalog.ts';
import { loadPlugins } from './plugins/registry.ts';
import type { PlanAnswer, PlanRequest } from './ports/blueprint-planner.ts';

/**
 * The process in which blueprints of people are read. It has no connection, no secret and no file of the plane; its parent ends
 * it when a text takes too long. Ends by itself with its parent.
 */
async function serve(): Promise<void> {
  const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
  process.on('message', (request: PlanRequest) => {
    process.send?.({ id: request.id, result: planApplication(request.input, library) } satisfies PlanAnswer);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

await serve();
