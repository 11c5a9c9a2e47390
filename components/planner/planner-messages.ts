import type { PlanResult } from '@/server/domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';

/** From the page to the planning worker. */
export interface WorkerRequest {
  readonly id: number;
  readonly input: BlueprintInput;
  /** Sent when it changed. */
  readonly catalog?: readonly CatalogItem[];
}

/** Back: `ready` once it has loaded, then one answer a request. */
export type WorkerReply = 'ready' | { readonly id: number; readonly result: PlanResult };
