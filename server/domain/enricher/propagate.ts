import type { AdjunctInput, Decision, Looking, Watch } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { namesOf } from '../feed/feed-settings.ts';
import { referenceOf, sensorOf } from '../policy/read-config.ts';
import { isTrue } from '../shared/is-true.ts';
import type { Json } from '../shared/json.ts';
import { frozen, isPublished, type LinkConfig, targetProblem, watchesOf } from './link.ts';

type SensorName = string | { readonly name: string };

export interface PropagatorConfig extends LinkConfig {
  readonly 'enricher.propagating.inclusions'?: SensorName | readonly SensorName[] | undefined;
  readonly 'enricher.propagating.propagatingAll'?: string | boolean | undefined;
  readonly 'enricher.propagating.propagatingAllBut'?: SensorName | readonly SensorName[] | undefined;
  readonly 'enricher.propagating.sensorMapping'?: Readonly<Record<string, SensorName>> | undefined;
}

/** Which sensor of the producer becomes which of ours. */
export interface Propagation {
  readonly producer: Entity | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly watches: readonly Watch[];
}

/** Of all sensors, those of its own state stay with an entity. */
const NEVER_ALL = /^service\./;
/** Any sensor. */
export const ANY_SENSOR = '*';

export function propagationOf(config: PropagatorConfig, looking: Looking): Propagation {
  const given = config['enricher.producer'];
  const producer = given === undefined ? looking.self : looking.read.entity(referenceOf(given, looking) ?? '');
  const names = new Map<string, string>();
  const but = config['enricher.propagating.propagatingAllBut'];
  const isAll = isTrue(config['enricher.propagating.propagatingAll']) || but !== undefined;
  const left = namesOf(but);
  if (isAll)
    for (const name of Object.keys(producer?.sensors ?? {})) if (!NEVER_ALL.test(name) && !left.includes(name)) names.set(name, name);
  for (const name of namesOf(config['enricher.propagating.inclusions'])) names.set(name, name);
  for (const [from, to] of Object.entries(config['enricher.propagating.sensorMapping'] ?? {})) names.set(from, sensorOf(to) ?? from);
  return { producer, names, watches: watchesOf(config, looking, isAll ? [ANY_SENSOR] : [...names.keys()]) };
}

/** A sensor that the producer has no more goes here as well. Numbers are as new as there. */
export function propagate(input: AdjunctInput<PropagatorConfig>, { producer, names }: Propagation): Decision<never> {
  const { config, self, read } = input;
  if (producer === undefined) return frozen('the entity that it reads is not there');
  if (names.size === 0) return frozen('it names no sensors that are there');
  const publish: Record<string, Json> = {};
  let at: number | null = null;
  for (const [from, to] of names) {
    const problem = targetProblem(to, { producerId: producer.id, sources: [from], config, looking: input });
    if (problem !== null) return frozen(problem);
    const reading = read.sensor(producer.id, from);
    const known = read.sensor(self.id, to);
    if (reading === undefined) {
      if (known !== undefined) publish[to] = null;
    } else if (!isPublished(known, reading.value, reading.at)) {
      publish[to] = reading.value;
      if (reading.at !== null) at = Math.max(at ?? reading.at, reading.at);
    }
  }
  const highlight = {
    level: 'ok',
    text: `Publishes ${names.size === 1 ? [...names.values()].join() : `${names.size} sensors`} of ${producer.name}`,
  } as const;
  return { highlight, ...(Object.keys(publish).length === 0 ? {} : { publish }), ...(at === null ? {} : { publishedAt: at }) };
}
