import { planApplication } from '@/server/domain/blueprint/plan-application.ts';
import { createPlanMemory } from '@/server/domain/blueprint/plan-memory.ts';
import { browserLibrary } from './browser-library.ts';
import type { WorkerReply, WorkerRequest } from './planner-messages.ts';

let library = browserLibrary([]);
const memory = createPlanMemory();

self.onmessage = ({ data: { id, input, catalog } }: MessageEvent<WorkerRequest>) => {
  if (catalog !== undefined) library = browserLibrary(catalog);
  reply({ id, result: planApplication(input, library, memory) });
};

function reply(message: WorkerReply): void {
  self.postMessage(message);
}

reply('ready');
