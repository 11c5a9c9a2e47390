import { planApplication } from '../domain/blueprint/plan-application.ts';
import type { TypeLibrary } from '../domain/blueprint/type-library.ts';
import type { BlueprintPlanner } from '../ports/blueprint-planner.ts';

/** Plans in this process: for tests of what happens with the plan. */
export function createDirectPlanner(library: TypeLibrary): BlueprintPlanner {
  return {
    async plan(input) {
      return planApplication(input, library);
    },
    close: () => Promise.resolve(),
  };
}
