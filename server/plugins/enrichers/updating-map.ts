import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { frozen, published, readLink, watchesOf } from '../../domain/enricher/link.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS, expression } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { evaluateExpression } from '../../domain/expression/expression.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import { isJsonObject } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.updatingMap.keyInTargetSensor': optional(text, 'Key', 'The name of the source unless given.'),
  'enricher.updatingMap.computing': optional(expression('value'), 'Function', 'An expression over the value of the source.'),
  'enricher.updatingMap.removingIfResultIsNull': preset(boolean, true, 'Remove the entry when there is no value'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s UpdatingMap. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'updating-map',
  title: 'Updating map',
  description: 'Keeps an entry of a sensor that is a map.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.basic.UpdatingMap', 'org.apache.brooklyn.enricher.stock.UpdatingMap'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    fromSensor: 'enricher.sourceSensor',
    key: 'enricher.updatingMap.keyInTargetSensor',
    computing: 'enricher.updatingMap.computing',
    removingIfResultIsNull: 'enricher.updatingMap.removingIfResultIsNull',
  },
  planned: false,
  behaviour: {
    watches(given, looking) {
      const link = readLink(given, looking);
      return watchesOf(given, looking, 'why' in link || link.source === null ? [] : [link.source]);
    },
    decide(input) {
      const { config: given, self, read } = input;
      const link = readLink(given, input);
      if ('why' in link) return frozen(link.why);
      if (link.source === null) return frozen('it has no source sensor');
      const reading = read.sensor(link.producerId, link.source);
      const text = given['enricher.updatingMap.computing'];
      const computed = typeof text === 'string' ? evaluateExpression(text, { value: reading?.value ?? null }) : null;
      if (computed?.ok === false) return frozen(computed.why);
      const value = computed === null ? (reading?.value ?? null) : computed.value;
      const key = String(given['enricher.updatingMap.keyInTargetSensor'] ?? link.source);
      const before = read.sensor(self.id, link.target)?.value;
      const { [key]: _, ...others } = isJsonObject(before) ? before : {};
      const goes = value === null && isTrue(given['enricher.updatingMap.removingIfResultIsNull']);
      return published(input, link.target, goes ? others : { ...others, [key]: value }, null);
    },
  },
};
