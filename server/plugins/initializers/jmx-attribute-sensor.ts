import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, FEED_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s JmxAttributeSensor. */
export const plugin: AdjunctType = {
  id: 'jmx-attribute-sensor',
  title: 'JMX sensor',
  description: 'Adds a sensor whose value is a JMX attribute.',
  kind: 'initializer',
  aliases: classNames(
    'brooklyn.entity.software.java.JmxAttributeSensor',
    'org.apache.brooklyn.entity.java.JmxAttributeSensor',
    'org.apache.brooklyn.core.sensor.java.JmxAttributeSensor',
  ),
  config: z.looseObject({
    ...FEED_CONFIG,
    objectName: optional(text, 'Object'),
    attribute: optional(text, 'Attribute'),
    defaultValue: optional(anything, 'Value when there is none'),
  }),
  flags: {},
  planned: true,
};
