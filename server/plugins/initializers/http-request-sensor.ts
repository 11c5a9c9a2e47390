import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, textMap } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s HttpRequestSensor. */
export const plugin: AdjunctType = {
  id: 'http-request-sensor',
  title: 'HTTP sensor',
  description: 'Adds a sensor whose value a URL answers.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.software.http.HttpRequestSensor', 'org.apache.brooklyn.core.sensor.http.HttpRequestSensor'),
  config: z.looseObject({
    ...FEED_CONFIG,
    uri: optional(text, 'URL'),
    jsonPath: preset(text, '$', 'JSON path', 'Of the value in the answer.'),
    username: optional(text, 'User'),
    password: optional(text, 'Password'),
    headers: optional(textMap, 'Headers'),
    preemptiveBasicAuth: preset(boolean, false, 'Send the password unasked'),
  }),
  flags: {},
  planned: true,
};
