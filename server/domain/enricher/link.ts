import type { Decision, Looking, Reading, Watch } from '../adjunct/behaviour.ts';
import { SENSOR } from '../entity/entity.ts';
import { namesOf } from '../feed/feed-settings.ts';
import { referenceOf, sensorOf } from '../policy/read-config.ts';
import type { EntityId } from '../shared/ids.ts';
import { isTrue } from '../shared/is-true.ts';
import { canonicalJson, type Json } from '../shared/json.ts';

type SensorName = string | { readonly name: string };
type Reference = string | { readonly $entity: string };

/** What all enrichers may be told. */
export interface LinkConfig {
  readonly 'enricher.producer'?: Reference | undefined;
  readonly 'enricher.sourceSensor'?: SensorName | undefined;
  readonly 'enricher.targetSensor'?: SensorName | undefined;
  readonly 'enricher.triggerSensors'?: SensorName | readonly SensorName[] | undefined;
  readonly 'enricher.allowCyclicPublishing'?: string | boolean | undefined;
}

/** From where an enricher reads, and what it publishes on its own entity. */
export interface Link {
  readonly producerId: EntityId;
  readonly source: string | null;
  readonly target: string;
}

/** The sensors of its own state that an entity has are worked out by the console alone. */
const RESERVED: readonly string[] = [SENSOR.state, SENSOR.expectedState, SENSOR.isUp, SENSOR.notUpIndicators, SENSOR.problems];

/** What an enricher reads and writes, or why it cannot be. */
export function readLink(config: LinkConfig, looking: Looking): Link | { readonly why: string } {
  const { self } = looking;
  const given = config['enricher.producer'];
  const producerId = given === undefined ? self.id : referenceOf(given, looking);
  if (producerId === null) return { why: 'the entity that it reads is not there' };
  const source = sensorOf(config['enricher.sourceSensor']);
  const target = sensorOf(config['enricher.targetSensor']) ?? (producerId === self.id ? null : source);
  if (target === null) return { why: 'it has no target sensor' };
  const problem = targetProblem(target, { producerId, sources: [source], config, looking });
  return problem === null ? { producerId, source, target } : { why: problem };
}

export interface TargetCheck {
  readonly producerId: EntityId;
  readonly sources: readonly (string | null)[];
  readonly config: Pick<LinkConfig, 'enricher.allowCyclicPublishing'>;
  readonly looking: Looking;
}

/** Why a sensor may not be published; null where it may. */
export function targetProblem(target: string, { producerId, sources, config, looking }: TargetCheck): string | null {
  if (RESERVED.includes(target)) return `${target} is worked out by the console itself`;
  const wakesItself = producerId === looking.self.id && sources.includes(target) && !isTrue(config['enricher.allowCyclicPublishing']);
  return wakesItself ? `it reads ${target} and writes it, and would wake itself for ever` : null;
}

/** The producer's sensors, and triggers of its own entity. */
export function watchesOf(config: LinkConfig, looking: Looking, sources: readonly string[]): readonly Watch[] {
  const given = config['enricher.producer'];
  const producerId = given === undefined ? looking.self.id : referenceOf(given, looking);
  const sensors = [...sources, ...namesOf(config['enricher.triggerSensors'])];
  return producerId === null ? [] : [{ of: 'entity', entityId: producerId, sensors }];
}

export function frozen(why: string): Decision<never> {
  return { highlight: { level: 'frozen', text: `Publishes nothing: ${why}` } };
}

/**
 * Publishes a value as of when its source was heard. What is there already, and as new, is left as it is: two enrichers that make a sensor of
 * each other's come to rest.
 */
export function published(looking: Looking, target: string, value: Json | undefined, at: number | null): Decision<never> {
  const { self, read } = looking;
  const highlight = { level: 'ok', text: `Publishes ${target}` } as const;
  const known = read.sensor(self.id, target);
  if (value === undefined || value === null) return known === undefined ? { highlight } : { highlight, publish: { [target]: null } };
  return isPublished(known, value, at)
    ? { highlight }
    : { highlight, publish: { [target]: value }, ...(at === null ? {} : { publishedAt: at }) };
}

export function isPublished(known: Reading | undefined, value: Json, at: number | null): boolean {
  if (known === undefined || !isSame(known.value, value)) return false;
  return typeof value !== 'number' || at === null || (known.at !== null && known.at >= at);
}

function isSame(a: Json, b: Json): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
}
