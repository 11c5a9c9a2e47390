import type { Instance } from '../../domain/entity/instance.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { StepInput } from './entity-step.ts';

const LINES = 5;
const TIMEOUT_MS = 2_000;
const LONGEST_CHARS = 600;

/** The last log lines of a container that ended, on one line; empty when they cannot be had in time. */
export async function lastWords({ context, signal }: StepInput, instance: Instance): Promise<string> {
  const session = context.hosts.ready(instance.hostId);
  if (!session || !instance.containerId) return '';
  const lines: string[] = [];
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    for await (const line of session.engine.logs(instance.containerId, { follow: false, tail: LINES, signal: limit }))
      lines.push(line.text);
  } catch (error) {
    context.log.debug('last log lines could not be read', { instanceId: instance.id, error: toErrorView(error) });
  }
  return lines.slice(-LINES).join(' | ').slice(-LONGEST_CHARS);
}
