import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { frozen, published, readLink } from '../../domain/enricher/link.ts';
import { oneSource } from '../../domain/enricher/one-source.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, ENRICHER_CONFIG, ENRICHER_FLAGS, expression } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { evaluateExpression } from '../../domain/expression/expression.ts';
import { coerce } from '../../domain/feed/coerce.ts';
import { namesOf } from '../../domain/feed/feed-settings.ts';
import type { Json } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.targetValue': optional(anything, 'Value', 'Mostly an expression that reads the source.'),
  'enricher.targetType': optional(text, 'Type'),
  'enricher.transformation': optional(expression('value'), 'Function', 'An expression over the value of the source, such as value * 100.'),
  'enricher.transformation.fromevent': optional(anything, 'Function of the event'),
});

type Config = z.infer<typeof config>;

const transforming = oneSource<Config>(({ config: given, reading }) => transformed(given, reading.value));

function transformed(given: Config, value: Json): { readonly value: Json } | { readonly why: string } {
  const { 'enricher.targetValue': fixed, 'enricher.transformation': text, 'enricher.targetType': type } = given;
  const made =
    typeof text === 'string'
      ? evaluateExpression(text, { value })
      : ({ ok: true, value: fixed === undefined ? value : (fixed as Json) } as const);
  if (!made.ok) return { why: made.why };
  const coerced = coerce(made.value, type === undefined ? undefined : String(type));
  return coerced === undefined ? { why: `${JSON.stringify(made.value)} is no ${type}` } : { value: coerced };
}

/** Brooklyn’s Transformer. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'transformer',
  title: 'Transformer',
  description: 'Makes a sensor of another, by a value or a function.',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.Transformer',
    'org.apache.brooklyn.enricher.stock.Transformer',
    'brooklyn.enricher.basic.SensorTransformingEnricher',
  ),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    targetValue: 'enricher.targetValue',
    targetType: 'enricher.targetType',
    transformation: 'enricher.transformation',
  },
  planned: false,
  plannedKeys: { 'enricher.transformation.fromevent': 'write it as enricher.transformation, over the value' },
  behaviour: {
    watches: transforming.watches,
    decide(input) {
      const triggers = namesOf(input.config['enricher.triggerSensors']);
      if (input.config['enricher.sourceSensor'] !== undefined || triggers.length === 0) return transforming.decide(input);
      const link = readLink(input.config, input);
      if ('why' in link) return frozen(link.why);
      const value = transformed(input.config, null);
      return 'why' in value ? frozen(value.why) : published(input, link.target, value.value, null);
    },
  },
};
