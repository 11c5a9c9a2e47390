import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { primaryOf } from '../../domain/enricher/primary.ts';
import { propagate, propagationOf } from '../../domain/enricher/propagate.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorNames } from '../../domain/entity-types/config-values.ts';

const config = z.looseObject({
  'primary.sensor.name': preset(text, 'primary', 'Sensor of the one in charge'),
  'enricher.propagating.inclusions': optional(sensorNames, 'Sensors'),
  'propagate.effectors': preset(boolean, true, 'Its effectors too'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s PropagatePrimaryEnricher. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'propagate-primary',
  title: 'Propagate the primary',
  description: 'Publishes sensors of the one in charge.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.policy.failover.PropagatePrimaryEnricher'),
  config,
  flags: {
    propagating: 'enricher.propagating.inclusions',
  },
  planned: false,
  plannedKeys: { 'propagate.effectors': 'add a proxy-effector for each' },
  behaviour: {
    watches(given, looking) {
      const primary = primaryOf(String(given['primary.sensor.name']), looking);
      const own = { of: 'entity', sensors: [String(given['primary.sensor.name'])] } as const;
      return primary === null ? [own] : [own, ...propagationOf(linkTo(given, primary.id), looking).watches];
    },
    decide(input) {
      const primary = primaryOf(String(input.config['primary.sensor.name']), input);
      if (primary === null) return { highlight: { level: 'ok', text: 'Nobody is in charge' } };
      const linked = linkTo(input.config, primary.id);
      return propagate({ ...input, config: linked }, propagationOf(linked, input));
    },
  },
};

function linkTo(given: Config, primaryId: string) {
  return { 'enricher.producer': { $entity: primaryId }, 'enricher.propagating.inclusions': given['enricher.propagating.inclusions'] };
}
