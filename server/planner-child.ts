import { convertBlueprint } from './domain/blueprint/convert-blueprint.ts';
import { planApplication } from './domain/blueprint/plan-application.ts';
import { createPlanMemory, type PlanMemory } from './domain/blueprint/plan-memory.ts';
import type { TypeLibrary } from './domain/blueprint/type-library.ts';
import { EMPTY_CATALOG } from './domain/catalog/catalog.ts';
import { createCatalog } from './domain/catalog/create-catalog.ts';
import { readCatalog } from './domain/catalog/read-catalog.ts';
import { loadPlugins } from './plugins/registry.ts';
import type { PlanAnswer, PlanRequest } from './ports/blueprint-planner.ts';

/**
 * The process in which blueprints of people are read. It has no connection, no secret and no file of the plane; its parent ends
 * it when a text takes too long. Ends by itself with its parent.
 */
async function serve(): Promise<void> {
  let library: TypeLibrary = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
  const memory = createPlanMemory();
  process.on('message', ({ id, what, input, catalog }: PlanRequest) => {
    if (catalog !== undefined) library = { ...library, catalog: createCatalog(catalog) };
    const answer = answerTo({ id, what, input }, library, memory);
    // A parent that died in the meantime takes no answer.
    process.send?.(answer, undefined, undefined, () => undefined);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

function answerTo({ id, what, input }: PlanRequest, library: TypeLibrary, memory: PlanMemory): PlanAnswer {
  switch (what) {
    case 'plan':
      return { id, what, result: planApplication(input, library, memory) };
    case 'catalog':
      return { id, what, result: readCatalog(input, library) };
    case 'convert-to-camp':
      return { id, what, result: convertBlueprint(input, 'camp', library) };
    case 'convert-to-compose':
      return { id, what, result: convertBlueprint(input, 'compose', library) };
  }
}

await serve();
