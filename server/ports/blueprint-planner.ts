import type { PlanResult } from '../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../domain/blueprint/blueprint-input.ts';

/** Plans blueprints where a text that is too hard to read cannot stop anything else. */
export interface BlueprintPlanner {
  /**
   * The plan, or what is wrong. A text that takes longer than the limit, or ends the process that reads it, gives the finding
   * `too-slow`. Concurrent calls are queued.
   * @throws ClockerError cancelled once the planner is closed
   */
  plan(input: BlueprintInput): Promise<PlanResult>;
  close(): Promise<void>;
}

/** What goes to the planning process and comes back; the first message from it is `ready`. */
export interface PlanRequest {
  readonly id: number;
  readonly input: BlueprintInput;
}

export interface PlanAnswer {
  readonly id: number;
  readonly result: PlanResult;
}
