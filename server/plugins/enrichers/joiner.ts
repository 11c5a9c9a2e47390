import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { joined } from '../../domain/enricher/aggregate.ts';
import { oneSource } from '../../domain/enricher/one-source.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { numberOf } from '../../domain/policy/read-config.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import { isJsonObject, type Json } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.joiner.separator': preset(text, ',', 'Between'),
  'enricher.joiner.keyValueSeparator': preset(text, '=', 'Between key and value'),
  'enricher.joiner.joinMapEntries': preset(boolean, false, 'Keys and values of a map'),
  'enricher.joiner.quote': preset(boolean, true, 'In quotes'),
  'enricher.joiner.minimum': preset(size, 0, 'At least'),
  'enricher.joiner.maximum': optional(size, 'At most'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s Joiner. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'joiner',
  title: 'Joiner',
  description: 'Makes one text of a sensor that is a list or map.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.basic.Joiner', 'org.apache.brooklyn.enricher.stock.Joiner'),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    separator: 'enricher.joiner.separator',
    keyValueSeparator: 'enricher.joiner.keyValueSeparator',
    joinMapEntries: 'enricher.joiner.joinMapEntries',
    quote: 'enricher.joiner.quote',
    minimum: 'enricher.joiner.minimum',
    maximum: 'enricher.joiner.maximum',
  },
  planned: false,
  behaviour: oneSource<Config>(({ config: given, reading: { value } }) => {
    const [separator, between] = [String(given['enricher.joiner.separator']), String(given['enricher.joiner.keyValueSeparator'])];
    const quote = isTrue(given['enricher.joiner.quote']);
    const items = itemsOf(value, isTrue(given['enricher.joiner.joinMapEntries']) ? between : null);
    const [least, most] = [numberOf(given['enricher.joiner.minimum']), given['enricher.joiner.maximum']];
    if (items.length < least) return { value: undefined };
    return { value: joined(most === undefined ? items : items.slice(0, numberOf(most)), { separator, quote }) };
  }),
};

/** `between`: keys and values of a map are joined by it; null takes the values alone. */
function itemsOf(value: Json, between: string | null): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return value === null ? [] : [value];
  if (between === null) return Object.values(value);
  return Object.entries(value).map(([key, item]) => `${key}${between}${joined([item], { separator: '', quote: false })}`);
}
