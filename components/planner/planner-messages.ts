import type { AdjunctType } from '@/server/domain/blueprint/adjunct-type.ts';
import type { PlanResult } from '@/server/domain/blueprint/application-plan.ts';
import type { AskedValues } from '@/server/domain/blueprint/asked-values.ts';
import type { BlueprintFormat, BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';

/** A placement strategy that the server has. */
export type NamedStrategy = Pick<AdjunctType, 'id' | 'title' | 'description' | 'aliases'>;

/** From the page to the planning worker. */
export interface WorkerRequest {
  readonly id: number;
  readonly input: BlueprintInput;
  /** Sent when it changed. */
  readonly catalog?: readonly CatalogItem[];
  /** Likewise. */
  readonly strategies?: readonly NamedStrategy[];
}

/** What the page knows of a blueprint by itself. */
export interface BlueprintReading {
  readonly result: PlanResult;
  /** Null where the text cannot be read at all. */
  readonly format: BlueprintFormat | null;
  readonly asked: AskedValues;
}

/** Back: `ready` once it has loaded, then one answer a request. */
export type WorkerReply = 'ready' | { readonly id: number; readonly reading: BlueprintReading };
