import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s ProportionalZoneFailureDetector and CriticalCauseZoneFailureDetector. */
export const plugin: AdjunctType = {
  id: 'zone-failure-detector',
  title: 'Failed zones',
  description: 'Leaves out a zone in which too many starts have failed.',
  kind: 'object',
  aliases: classNames(
    'brooklyn.entity.group.zoneaware.ProportionalZoneFailureDetector',
    'org.apache.brooklyn.entity.group.zoneaware.ProportionalZoneFailureDetector',
    'brooklyn.entity.group.zoneaware.CriticalCauseZoneFailureDetector',
    'org.apache.brooklyn.entity.group.zoneaware.CriticalCauseZoneFailureDetector',
  ),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
