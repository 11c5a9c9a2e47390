import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { aggregate } from '../../domain/enricher/aggregate.ts';
import { frozen, published, readLink, targetProblem, watchesOf } from '../../domain/enricher/link.ts';
import { newest } from '../../domain/enricher/producers.ts';
import { aggregation, ENRICHER_CONFIG, ENRICHER_FLAGS, expression } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorNames } from '../../domain/entity-types/config-values.ts';
import { evaluateExpression } from '../../domain/expression/expression.ts';
import { namesOf } from '../../domain/feed/feed-settings.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.sourceSensors': optional(sensorNames, 'Sources'),
  'enricher.transformation': optional(aggregation, 'Function', 'sum, average, list, min, max … or an expression over the values.'),
  'enricher.aggregating.valueFilter': optional(expression('value'), 'Which values count', 'An expression that is true for these.'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s Combiner. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'combiner',
  title: 'Combiner',
  description: 'Makes one sensor of several of an entity.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.basic.Combiner', 'org.apache.brooklyn.enricher.stock.Combiner'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    sourceSensors: 'enricher.sourceSensors',
    transformation: 'enricher.transformation',
  },
  planned: false,
  behaviour: {
    watches: (given, looking) => watchesOf(given, looking, namesOf(given['enricher.sourceSensors'])),
    decide(input) {
      const { config: given, read } = input;
      const link = readLink(given, input);
      if ('why' in link) return frozen(link.why);
      const sources = namesOf(given['enricher.sourceSensors']);
      const problem = targetProblem(link.target, { producerId: link.producerId, sources, config: given, looking: input });
      if (problem !== null) return frozen(problem);
      const readings = sources.flatMap((sensor) => read.sensor(link.producerId, sensor) ?? []);
      const filter = given['enricher.aggregating.valueFilter'];
      const counted = readings.filter(({ value }) => typeof filter !== 'string' || isMet(filter, value));
      if (readings.length < sources.length) return frozen('there is no value of all its sources');
      const text = given['enricher.transformation'];
      const made = aggregate(
        typeof text === 'string' ? text : 'list',
        counted.map(({ value }) => value),
      );
      return 'why' in made ? frozen(made.why) : published(input, link.target, made.value, newest(counted));
    },
  },
};

function isMet(filter: string, value: unknown): boolean {
  const found = evaluateExpression(filter, { value });
  return found.ok && found.value === true;
}
