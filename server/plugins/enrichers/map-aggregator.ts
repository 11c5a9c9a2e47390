import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { frozen, published, readLink } from '../../domain/enricher/link.ts';
import { producerWatches, valuesOf } from '../../domain/enricher/producers.ts';
import { AGGREGATING_CONFIG, AGGREGATING_FLAGS, AGGREGATING_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';
import { sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...AGGREGATING_CONFIG,
  'enricher.keySensor': optional(sensorName, 'Key'),
  'enricher.valueSensor': optional(sensorName, 'Value'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s MapAggregator. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'map-aggregator',
  title: 'Map aggregator',
  description: 'Makes a map of two sensors of each member: one is the key, one the value.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.MapAggregator'),
  config,
  flags: {
    ...AGGREGATING_FLAGS,
    keySensor: 'enricher.keySensor',
    valueSensor: 'enricher.valueSensor',
  },
  planned: false,
  plannedKeys: AGGREGATING_PLANNED,
  behaviour: {
    watches: (given, looking) =>
      producerWatches(
        given,
        looking,
        [given['enricher.keySensor'], given['enricher.valueSensor']].flatMap((each) => sensorOf(each) ?? []),
      ),
    decide(input) {
      const { config: given, read } = input;
      const link = readLink({ 'enricher.targetSensor': given['enricher.targetSensor'] }, input);
      if ('why' in link) return frozen(link.why);
      const [key, value] = [sensorOf(given['enricher.keySensor']), sensorOf(given['enricher.valueSensor'])];
      if (key === null || value === null) return frozen('it needs a sensor for keys and one for values');
      const entries = valuesOf(given, input, value).flatMap(({ entity, value: item }) => {
        const name = read.sensor(entity.id, key)?.value;
        return name === undefined || name === null ? [] : [[String(name), item] as const];
      });
      return published(input, link.target, Object.fromEntries(entries), null);
    },
  },
};
