import { convertBlueprint } from '../domain/blueprint/convert-blueprint.ts';
import { planApplication } from '../domain/blueprint/plan-application.ts';
import type { TypeLibrary } from '../domain/blueprint/type-library.ts';
import { readCatalog } from '../domain/catalog/read-catalog.ts';
import type { BlueprintPlanner } from '../ports/blueprint-planner.ts';

/** Plans in this process: for tests of what happens with the plan. */
export function createDirectPlanner(library: TypeLibrary): BlueprintPlanner {
  return {
    async plan(input) {
      return planApplication(input, library);
    },
    async readCatalog(input) {
      return readCatalog(input, library);
    },
    async convert(input, to) {
      return convertBlueprint(input, to, library);
    },
    close: () => Promise.resolve(),
  };
}
