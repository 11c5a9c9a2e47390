import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, texts } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Applies Salt states without a master. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'salt',
  title: 'Salt',
  description: 'Software that Salt installs from formulas.',
  icon: 'book-open',
  planned: true,
  aliases: classNames('org.apache.brooklyn.entity.cm.salt.SaltEntity', 'brooklyn.entity.salt.SaltEntity'),
  config: {
    'brooklyn.salt.mode': preset(z.enum(['MASTERLESS', 'MASTER', 'masterless', 'master']), 'MASTERLESS', 'Mode'),
    'brooklyn.salt.formulaUrls': optional(texts, 'Formulas'),
    'brooklyn.salt.pillars': optional(texts, 'Pillars'),
    'brooklyn.salt.pillarUrls': optional(texts, 'URLs of pillars'),
    'brooklyn.salt.start.states': optional(texts, 'States at start'),
    'brooklyn.salt.stop.states': optional(texts, 'States at stop'),
    'brooklyn.salt.restart.states': optional(texts, 'States at restart'),
  },
  flags: {
    'salt.mode': 'brooklyn.salt.mode',
    formulas: 'brooklyn.salt.formulaUrls',
    pillars: 'brooklyn.salt.pillars',
    pillarUrls: 'brooklyn.salt.pillarUrls',
    start_states: 'brooklyn.salt.start.states',
    stop_states: 'brooklyn.salt.stop.states',
    restart_states: 'brooklyn.salt.restart.states',
  },
  sensors: [{ name: 'salt.states', type: 'json', description: 'States that it has' }],
});
