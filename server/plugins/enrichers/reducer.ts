import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything, ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, sensorNames } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s Reducer. */
export const plugin: AdjunctType = {
  id: 'reducer',
  title: 'Reducer',
  description: 'Makes one sensor of several by a named function: joinStrings, formatString …',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.reducer.Reducer'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.sourceSensors': optional(sensorNames, 'Sources'),
    'enricher.reducerFunction': optional(anything, 'Function'),
    'enricher.reducerFunction.transformation': optional(text, 'Name of the function'),
    'enricher.reducerFunction.parameters': optional(anyMap, 'Its parameters'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    sourceSensors: 'enricher.sourceSensors',
    reducerFunction: 'enricher.reducerFunction',
    transformation: 'enricher.reducerFunction.transformation',
    parameters: 'enricher.reducerFunction.parameters',
  },
  planned: true,
};
