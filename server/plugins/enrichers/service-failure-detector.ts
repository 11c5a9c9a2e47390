import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ServiceFailureDetector. It takes the place of what works out the state of the entity. */
export const plugin: AdjunctType = {
  id: 'service-failure-detector',
  title: 'Failure detector',
  description: 'Tells when an entity has failed, and when it has recovered.',
  kind: 'enricher',
  aliases: classNames('brooklyn.policy.ha.ServiceFailureDetector', 'org.apache.brooklyn.policy.ha.ServiceFailureDetector'),
  config: z.looseObject({
    onlyReportIfPreviouslyUp: preset(boolean, true, 'Only if it was up'),
    monitorServiceProblems: preset(boolean, true, 'Problems count'),
    'serviceOnFire.stabilizationDelay': preset(duration, '0s', 'ON_FIRE after'),
    'entityFailed.stabilizationDelay': preset(duration, '0s', 'Failed after'),
    'entityRecovered.stabilizationDelay': preset(duration, '0s', 'Recovered after'),
    'entityFailed.republishTime': optional(duration, 'Say it again every'),
  }),
  flags: {
    serviceOnFireStabilizationDelay: 'serviceOnFire.stabilizationDelay',
    entityFailedStabilizationDelay: 'entityFailed.stabilizationDelay',
    serviceFailedStabilizationDelay: 'entityFailed.stabilizationDelay',
    entityRecoveredStabilizationDelay: 'entityRecovered.stabilizationDelay',
    serviceRecoveredStabilizationDelay: 'entityRecovered.stabilizationDelay',
    entityFailedRepublishTime: 'entityFailed.republishTime',
  },
  planned: true,
};
