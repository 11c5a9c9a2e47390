import type { Looking } from '../adjunct/behaviour.ts';
import type { FeedPlan } from '../adjunct/feed.ts';
import { expressionText } from '../entity-types/adjunct-config.ts';
import { evaluateExpression } from '../expression/expression.ts';
import { milliseconds, sensorOf } from '../policy/read-config.ts';
import { isTrue } from '../shared/is-true.ts';
import type { Json } from '../shared/json.ts';

/** Nothing is asked more often. Milliseconds. */
const SHORTEST_PERIOD_MS = 500;
const SHORTEST_TIMEOUT_MS = 100;

type Duration = string | number;
type SensorName = string | { readonly name: string };

/** What all feeds may be told. */
export interface FeedConfig {
  readonly period: Duration;
  readonly timeout: Duration;
  readonly onlyIfServiceUp?: string | boolean | undefined;
  readonly triggers?: SensorName | readonly SensorName[] | undefined;
  readonly condition?: string | { readonly $object: unknown } | undefined;
}

/** The plan of a feed, or why it asks nothing now. */
export function feedPlan(config: FeedConfig, probe: FeedPlan['probe'], looking: Looking): FeedPlan | { readonly waitingFor: string } {
  const condition = expressionText(config.condition);
  if (condition !== undefined) {
    const met = evaluateExpression(condition, { sensors: sensorsOf(looking) });
    if (!met.ok || met.value !== true) return { waitingFor: `its condition: ${condition}` };
  }
  return {
    periodMs: Math.max(SHORTEST_PERIOD_MS, milliseconds(config.period)),
    timeoutMs: Math.max(SHORTEST_TIMEOUT_MS, milliseconds(config.timeout)),
    onlyIfUp: isTrue(config.onlyIfServiceUp),
    triggers: namesOf(config.triggers),
    probe,
  };
}

/** Of the entity itself, by their names; numbers as they were heard last. */
export function sensorsOf({ self, read }: Looking): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(self.sensors).map(([name, value]) => [name, read.sensor(self.id, name)?.value ?? value]));
}

/** Names of sensors, given as one or several. */
export function namesOf(value: SensorName | readonly SensorName[] | undefined): readonly string[] {
  const all: readonly SensorName[] = value === undefined ? [] : isList(value) ? value : [value];
  return all.flatMap((one) => sensorOf(one) ?? []);
}

function isList(value: SensorName | readonly SensorName[]): value is readonly SensorName[] {
  return Array.isArray(value);
}

/** Values as texts, for the environment of a command; what is no text is JSON. */
export function toEnvironment(values: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
