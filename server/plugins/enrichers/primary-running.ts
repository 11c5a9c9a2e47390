import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { primaryOf } from '../../domain/enricher/primary.ts';
import { isEntityUp } from '../../domain/entity/service-state.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

const config = z.looseObject({
  'primary.sensor.name': preset(text, 'primary', 'Sensor of the one in charge'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s PrimaryRunningEnricher. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'primary-running',
  title: 'Primary runs',
  description: 'Says whether the one in charge runs.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.policy.failover.PrimaryRunningEnricher'),
  config,
  flags: {},
  planned: false,
  behaviour: {
    watches(given, looking) {
      const name = String(given['primary.sensor.name']);
      const primary = primaryOf(name, looking);
      return [
        { of: 'entity', sensors: [name] },
        ...(primary === null ? [] : [{ of: 'entity', entityId: primary.id, sensors: ['service.isUp'] } as const]),
      ];
    },
    decide(input) {
      const { self } = input;
      const primary = primaryOf(String(input.config['primary.sensor.name']), input);
      const text =
        primary === null ? 'Nobody is in charge' : isEntityUp(primary) ? null : `${primary.name}, which is in charge, does not serve`;
      const known = self.problems.primary ?? null;
      const highlight = { level: text === null ? 'ok' : 'acts', text: text ?? `${primary?.name} is in charge and serves` } as const;
      if (text === known) return { highlight };
      const why = text ?? 'the one in charge serves again';
      return { highlight, actions: [{ kind: 'problem', entityId: self.id, code: 'primary', text, why }] };
    },
  },
};
