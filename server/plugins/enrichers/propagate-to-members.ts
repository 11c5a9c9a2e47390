import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { frozen, isPublished, watchesOf } from '../../domain/enricher/link.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorNames } from '../../domain/entity-types/config-values.ts';
import { namesOf } from '../../domain/feed/feed-settings.ts';
import { referenceOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.propagating.inclusions': optional(sensorNames, 'Sensors'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s PropagateToMembers. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'propagate-to-members',
  title: 'Propagate to members',
  description: 'Publishes sensors of a group as those of its members.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.PropagateToMembers'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    propagating: 'enricher.propagating.inclusions',
  },
  planned: false,
  behaviour: {
    // Its members too: one that comes later gets the sensors as well.
    watches: (given, looking) => [...watchesOf(given, looking, sensorsIn(given)), { of: 'members', sensors: [] }],
    decide(input) {
      const { config: given, self, read } = input;
      const producer = given['enricher.producer'];
      const from = producer === undefined ? self.id : referenceOf(producer, input);
      if (from === null) return frozen('the entity that it reads is not there');
      const readings = sensorsIn(given).flatMap((sensor) => {
        const reading = read.sensor(from, sensor);
        return reading === undefined ? [] : [{ sensor, reading }];
      });
      const publishOn = read.members(self.id).flatMap(({ id }) => {
        const news = readings.filter(({ sensor, reading }) => !isPublished(read.sensor(id, sensor), reading.value, reading.at));
        return news.length === 0
          ? []
          : [{ entityId: id, values: Object.fromEntries(news.map(({ sensor, reading }) => [sensor, reading.value])) }];
      });
      return { publishOn, highlight: { level: 'ok', text: `Publishes ${sensorsIn(given).join(', ')} on members` } };
    },
  },
};

function sensorsIn(given: Config): readonly string[] {
  return namesOf(given['enricher.propagating.inclusions']).filter((name) => !name.startsWith('service.'));
}
