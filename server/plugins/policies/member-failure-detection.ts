import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';

/** Of early versions; today each member has a failure detector. */
export const plugin: AdjunctType = {
  id: 'member-failure-detection',
  title: 'Member failure detection',
  description: 'Tells when members of a group have failed.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.MemberFailureDetectionPolicy'),
  config: z.looseObject({
    onlyReportIfPreviouslyUp: preset(boolean, true, 'Only those that were up'),
    useServiceStateRunning: preset(boolean, true, 'By their state'),
    memberFilter: optional(anything, 'Which members'),
  }),
  flags: {},
  planned: true,
};
