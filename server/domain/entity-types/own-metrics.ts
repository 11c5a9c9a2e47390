import type { ConfigValue, Deferred } from '../blueprint/config-value.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';

export interface OwnMetrics {
  /** Prints a name and a number on each line. Run where the entity runs. */
  readonly command: string;
  readonly env: Readonly<Record<string, ConfigValue>>;
  readonly period: ConfigValue;
  readonly metrics: readonly { readonly metric: string; readonly targetSensor: string; readonly rate?: true }[];
}

/** What an entity type measures about itself by its own client, while it serves. */
export function metricsByCommand({ command, env, period, metrics }: OwnMetrics): AdjunctSpec {
  const config = { command, 'shell.env': env, period, metrics, onlyIfServiceUp: true };
  return { type: 'command-metrics-sensor', id: 'own-metrics', name: 'Its own metrics', config };
}

/** `$brooklyn:config("…")` of the entity. */
export function configOfItself(key: string): Deferred {
  return { $dsl: { text: `config(${JSON.stringify(key)})`, calls: [{ name: 'config', args: [key] }] } };
}
