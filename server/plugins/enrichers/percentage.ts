import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { frozen, published, readLink, watchesOf } from '../../domain/enricher/link.ts';
import { numberOf } from '../../domain/enricher/one-source.ts';
import { newest } from '../../domain/enricher/producers.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';
import { sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.sourceCurrentSensor': optional(sensorName, 'Part'),
  'enricher.sourceTotalSensor': optional(sensorName, 'Whole'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s PercentageEnricher. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'percentage',
  title: 'Percentage',
  description: 'Says which part one sensor is of another.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.PercentageEnricher'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    sourceCurrentSensor: 'enricher.sourceCurrentSensor',
    sourceTotalSensor: 'enricher.sourceTotalSensor',
  },
  planned: false,
  behaviour: {
    watches: (given, looking) => watchesOf(given, looking, sourcesOf(given)),
    decide(input) {
      const link = readLink(input.config, input);
      if ('why' in link) return frozen(link.why);
      const [part, whole] = sourcesOf(input.config).map((sensor) => input.read.sensor(link.producerId, sensor));
      if (part === undefined || whole === undefined) return frozen('there is no value of both its sources');
      const [current, total] = [numberOf(part), numberOf(whole)];
      if (typeof current !== 'number' || typeof total !== 'number') return frozen('its sources are no numbers');
      return total === 0 ? frozen('the whole is 0') : published(input, link.target, current / total, newest([part, whole]));
    },
  },
};

function sourcesOf(given: Config): readonly string[] {
  return [given['enricher.sourceCurrentSensor'], given['enricher.sourceTotalSensor']].flatMap((each) => sensorOf(each) ?? []);
}
