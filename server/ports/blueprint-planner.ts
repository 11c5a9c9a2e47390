import type { PlanResult } from '../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../domain/blueprint/blueprint-input.ts';
import type { Conversion, ExportFormat } from '../domain/blueprint/convert-blueprint.ts';
import type { CatalogItem } from '../domain/catalog/catalog.ts';
import type { CatalogResult } from '../domain/catalog/read-catalog.ts';

/** Plans blueprints where a text that is too hard to read cannot stop anything else. */
export interface BlueprintPlanner {
  /**
   * The plan, or what is wrong. A text that takes longer than the limit, or ends the process that reads it, gives the finding
   * `too-slow`. Concurrent calls are queued.
   * @throws ClockerError cancelled once the planner is closed
   */
  plan(input: BlueprintInput): Promise<PlanResult>;
  /** The items of a catalog file, under the same rules. */
  readCatalog(input: BlueprintInput): Promise<CatalogResult>;
  /** The blueprint in another language, under the same rules. */
  convert(input: BlueprintInput, to: ExportFormat): Promise<Conversion>;
  close(): Promise<void>;
}

/** What is done with a text. */
export type PlanWork = 'plan' | 'catalog' | `convert-to-${ExportFormat}`;

/** What goes to the planning process; `catalog` when it changed since the last request. The first message from it is `ready`. */
export interface PlanRequest {
  readonly id: number;
  readonly what: PlanWork;
  readonly input: BlueprintInput;
  readonly catalog?: readonly CatalogItem[];
}

export type PlanWorkResult =
  | { readonly what: 'plan'; readonly result: PlanResult }
  | { readonly what: 'catalog'; readonly result: CatalogResult }
  | { readonly what: `convert-to-${ExportFormat}`; readonly result: Conversion };

export type PlanAnswer = PlanWorkResult & { readonly id: number };
