import { askedValues, NOTHING_ASKED } from '@/server/domain/blueprint/asked-values.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { planApplication } from '@/server/domain/blueprint/plan-application.ts';
import { createPlanMemory } from '@/server/domain/blueprint/plan-memory.ts';
import { recogniseFormat } from '@/server/domain/blueprint/read-as-camp.ts';
import { browserLibrary } from './browser-library.ts';
import type { BlueprintReading, WorkerReply, WorkerRequest } from './planner-messages.ts';

let library = browserLibrary([]);
const memory = createPlanMemory();

self.onmessage = ({ data: { id, input, catalog } }: MessageEvent<WorkerRequest>) => {
  if (catalog !== undefined) library = browserLibrary(catalog);
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
