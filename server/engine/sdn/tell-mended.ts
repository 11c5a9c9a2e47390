import type { Host } from '../../domain/entity/host.ts';
import type { SdnStep } from '../../ports/sdn-provider.ts';
import type { EngineContext } from '../engine-context.ts';

const MOST_LINES = 50;

/** What somebody had taken away on a host, in the activity of the application whose network it is of: it has been made again. */
export async function tellMended({ store: { view }, tasks }: EngineContext, host: Host, steps: readonly SdnStep[]): Promise<void> {
  for (const [networkId, some] of Map.groupBy(steps, (step) => step.networkId)) {
    const network = networkId === undefined ? undefined : view.get('virtualNetwork', networkId);
    if (!network) continue;
    const start = {
      name: `Mend network ${network.logicalName} on ${host.name}`,
      cause: { kind: 'controller', by: 'sdn' },
      ...{ applicationId: network.applicationId, hostId: host.id },
    } as const;
    await tasks.run(start, async (task) => {
      task.line('info', 'Somebody or something on the host has taken this away; it was made again:');
      for (const { text } of some.slice(0, MOST_LINES)) task.line('info', text);
      if (some.length > MOST_LINES) task.line('info', `and ${some.length - MOST_LINES} more`);
    });
  }
}
