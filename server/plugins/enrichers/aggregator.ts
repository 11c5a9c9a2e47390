import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { aggregate, isQuorate } from '../../domain/enricher/aggregate.ts';
import { frozen, type LinkConfig, published, readLink } from '../../domain/enricher/link.ts';
import { newest, producersOf, producerWatches, valuesOf } from '../../domain/enricher/producers.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { AGGREGATING_CONFIG, AGGREGATING_FLAGS, AGGREGATING_PLANNED, aggregation } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { numberOf, sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...AGGREGATING_CONFIG,
  'enricher.transformation': optional(
    aggregation,
    'Function',
    'sum, average, list, min, max, first, count … or an expression over the values.',
  ),
  'enricher.transformation.untyped': optional(aggregation, 'Function of any values'),
  'quorum.check.type': optional(text, 'Quorum'),
  'quorum.total.size': preset(size, 1, 'Counted as'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s Aggregator. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'aggregator',
  title: 'Aggregator',
  description: 'Makes a sensor of those of all members or children: sum, average, list …',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.Aggregator',
    'org.apache.brooklyn.enricher.stock.Aggregator',
    'brooklyn.enricher.CustomAggregatingEnricher',
  ),
  config,
  flags: {
    ...AGGREGATING_FLAGS,
    transformation: 'enricher.transformation',
  },
  planned: false,
  plannedKeys: AGGREGATING_PLANNED,
  behaviour: {
    watches(given, looking) {
      const source = sensorOf(given['enricher.sourceSensor']);
      return producerWatches(given, looking, source === null ? [] : [source]);
    },
    decide(input) {
      const { config: given } = input;
      const source = sensorOf(given['enricher.sourceSensor']);
      const link = readLink(ownTarget(given), input);
      if ('why' in link) return frozen(link.why);
      if (source === null) return frozen('it has no source sensor');
      const found = valuesOf(given, input, source);
      const values = found.map(({ value }) => value);
      const text = given['enricher.transformation'] ?? given['enricher.transformation.untyped'];
      const quorum = given['quorum.check.type'];
      if (text === 'isQuorate' || (text === undefined && quorum !== undefined)) {
        const total = Math.max(numberOf(given['quorum.total.size']), producersOf(given, input).length);
        return published(input, link.target, isQuorate(String(quorum ?? 'all'), values, total), null);
      }
      const made = aggregate(typeof text === 'string' ? text : 'list', values);
      return 'why' in made ? frozen(made.why) : published(input, link.target, made.value, newest(found));
    },
  },
};

/** It reads others: a sensor of the same name on its own entity is another. */
function ownTarget({ 'enricher.targetSensor': target, 'enricher.sourceSensor': source }: Config): LinkConfig {
  return { 'enricher.targetSensor': target ?? source };
}
