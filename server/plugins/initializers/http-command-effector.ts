import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, textMap } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s HttpCommandEffector. */
export const plugin: AdjunctType = {
  id: 'http-command-effector',
  title: 'HTTP effector',
  description: 'Adds an effector that calls a URL.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.http.HttpCommandEffector'),
  config: z.looseObject({
    ...EFFECTOR_CONFIG,
    uri: optional(text, 'URL'),
    httpVerb: optional(text, 'Method'),
    httpUsername: optional(text, 'User'),
    httpPassword: optional(text, 'Password'),
    headers: optional(textMap, 'Headers'),
    httpPayload: optional(anything, 'Body'),
    jsonPath: preset(text, '$', 'JSON path', 'Of the result in the answer.'),
    jsonPathAndSensors: optional(textMap, 'JSON path: sensor'),
    publishSensor: optional(text, 'Sensor of the result'),
  }),
  flags: {},
  planned: true,
};
