import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { formatJava } from '../../domain/blueprint/format-java.ts';
import { joined } from '../../domain/enricher/aggregate.ts';
import { frozen, published, readLink, targetProblem, watchesOf } from '../../domain/enricher/link.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS, expression } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, sensorNames } from '../../domain/entity-types/config-values.ts';
import { evaluateExpression } from '../../domain/expression/expression.ts';
import { namesOf } from '../../domain/feed/feed-settings.ts';
import type { Json } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.sourceSensors': optional(sensorNames, 'Sources'),
  'enricher.reducerFunction': optional(expression('values'), 'Function', 'An expression over the values.'),
  'enricher.reducerFunction.transformation': optional(z.enum(['joinStrings', 'formatString']), 'Name of the function'),
  'enricher.reducerFunction.parameters': optional(anyMap, 'Its parameters'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s Reducer. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'reducer',
  title: 'Reducer',
  description: 'Makes one sensor of several by a named function: joinStrings, formatString …',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.reducer.Reducer'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    sourceSensors: 'enricher.sourceSensors',
    reducerFunction: 'enricher.reducerFunction',
    transformation: 'enricher.reducerFunction.transformation',
    parameters: 'enricher.reducerFunction.parameters',
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
      if (readings.length < sources.length) return frozen('there is no value of all its sources');
      const reduced = reduce(
        given,
        readings.map(({ value }) => value),
      );
      return 'why' in reduced ? frozen(reduced.why) : published(input, link.target, reduced.value, null);
    },
  },
};

function reduce(given: Config, values: readonly Json[]): { readonly value: Json } | { readonly why: string } {
  const parameters = given['enricher.reducerFunction.parameters'] ?? {};
  const name = given['enricher.reducerFunction.transformation'];
  if (name === 'joinStrings') return { value: joined(values, { separator: String(parameters.separator ?? ', '), quote: false }) };
  if (name === 'formatString') {
    const formatted = formatJava(String(parameters.format ?? ''), values);
    return formatted.ok ? { value: formatted.text } : { why: formatted.message };
  }
  const text = given['enricher.reducerFunction'];
  if (typeof text !== 'string') return { why: 'it has no function' };
  const found = evaluateExpression(text, { values });
  return found.ok ? { value: found.value } : { why: found.why };
}
