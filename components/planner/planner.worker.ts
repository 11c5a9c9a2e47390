import { askedValues, NOTHING_ASKED } from '@/server/domain/blueprint/asked-values.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { planApplication } from '@/server/domain/blueprint/plan-application.ts';
import { createPlanMemory } from '@/server/domain/blueprint/plan-memory.ts';
import { recogniseFormat } from '@/server/domain/blueprint/read-as-camp.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';
import { browserLibrary } from './browser-library.ts';
import type { BlueprintReading, NamedStrategy, WorkerReply, WorkerRequest } from './planner-messages.ts';

let known: { catalog: readonly CatalogItem[]; strategies: readonly NamedStrategy[] } = { catalog: [], strategies: [] };
let library = browserLibrary(known.catalog, known.strategies);
const memory = createPlanMemory();

self.onmessage = ({ data: { id, input, catalog, strategies } }: MessageEvent<WorkerRequest>) => {
  if (catalog !== undefined || strategies !== undefined) {
    known = { catalog: catalog ?? known.catalog, strategies: strategies ?? known.strategies };
    library = browserLibrary(known.catalog, known.strategies);
  }
  reply({ id, reading: read(input) });
};

function read(input: BlueprintInput): BlueprintReading {
  const result = planApplication(input, library, memory);
  const plan = result.ok ? result.plan : result.partial;
  const format = plan?.format ?? recogniseFormat(input, library);
  return { result, format, asked: format === null ? NOTHING_ASKED : askedValues(input, format) };
}

function reply(message: WorkerReply): void {
  self.postMessage(message);
}

reply('ready');
