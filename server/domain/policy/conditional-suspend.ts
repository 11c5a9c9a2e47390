import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { Json } from '../shared/json.ts';
import { failureKey } from './failure-watch.ts';

export interface ConditionalSuspendSettings {
  readonly suppressSensor: string;
  readonly resetSensor: string;
  /** Key of a policy of the same entity; null: none is named. */
  readonly target: string | null;
}

export interface ConditionalSuspendMemory {
  readonly done: 'suspend' | 'resume';
}

/** Brooklyn's ConditionalSuspendPolicy: of the two sensors the one that is there, or the newer, says what is to be. */
export function decideSuspension({
  config,
  self,
  read,
  memory,
}: AdjunctInput<ConditionalSuspendSettings, ConditionalSuspendMemory>): Decision<ConditionalSuspendMemory> {
  const { suppressSensor, resetSensor, target } = config;
  if (target === null) return { highlight: { level: 'frozen', text: 'It names no policy' } };
  const suppress = read.sensor(self.id, suppressSensor)?.value;
  const reset = read.sensor(self.id, resetSensor)?.value;
  const wanted = wantedOf(suppress, reset);
  const before = memory?.done ?? 'resume';
  if (wanted === null || wanted === before) {
    return {
      highlight: {
        level: 'ok',
        text: before === 'suspend' ? `${target} is suspended until ${resetSensor}` : `Suspends ${target} on ${suppressSensor}`,
      },
    };
  }
  const why = wanted === 'suspend' ? `Suspend ${target}: ${suppressSensor}` : `Resume ${target}: ${resetSensor}`;
  return { memory: { done: wanted }, highlight: { level: 'acts', text: why }, actions: [{ kind: wanted, key: target, why }] };
}

function wantedOf(suppress: Json | undefined, reset: Json | undefined): 'suspend' | 'resume' | null {
  const isSuppressed = failureKey(suppress) !== null;
  const isReset = failureKey(reset) !== null;
  if (isSuppressed && isReset) return timeOf(suppress) > timeOf(reset) ? 'suspend' : 'resume';
  if (isSuppressed) return 'suspend';
  return isReset ? 'resume' : null;
}

function timeOf(value: Json | undefined): number {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number' ? value.at : 0;
}
