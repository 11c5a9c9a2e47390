import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';
import {
  detectServiceFailure,
  type ServiceFailureMemory,
  type ServiceFailureSettings,
} from '../../domain/policy/service-failure-detector.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const config = z.looseObject({
  onlyReportIfPreviouslyUp: preset(boolean, true, 'Only if it was up'),
  monitorServiceProblems: preset(boolean, true, 'Problems count'),
  'serviceOnFire.stabilizationDelay': optional(duration, 'ON_FIRE after'),
  'entityFailed.stabilizationDelay': preset(duration, '0s', 'Failed after'),
  'entityFailed.downFor': preset(
    duration,
    '1m',
    'Failed when down for',
    'The engine restarts what dies at once; what stays down for so long has failed.',
  ),
  'entityRecovered.stabilizationDelay': preset(duration, '0s', 'Recovered after'),
  'entityFailed.republishTime': optional(duration, 'Say it again every'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ServiceFailureDetector: `ha.entityFailed` and `ha.entityRecovered`. */
export const plugin: AdjunctType<Config, ServiceFailureMemory> = {
  id: 'service-failure-detector',
  title: 'Failure detector',
  description: 'Tells when an entity has failed, and when it has recovered.',
  kind: 'enricher',
  aliases: classNames('brooklyn.policy.ha.ServiceFailureDetector', 'org.apache.brooklyn.policy.ha.ServiceFailureDetector'),
  config,
  flags: {
    serviceOnFireStabilizationDelay: 'serviceOnFire.stabilizationDelay',
    entityFailedDownFor: 'entityFailed.downFor',
    entityFailedStabilizationDelay: 'entityFailed.stabilizationDelay',
    serviceFailedStabilizationDelay: 'entityFailed.stabilizationDelay',
    entityRecoveredStabilizationDelay: 'entityRecovered.stabilizationDelay',
    serviceRecoveredStabilizationDelay: 'entityRecovered.stabilizationDelay',
    entityFailedRepublishTime: 'entityFailed.republishTime',
  },
  planned: false,
  notHonoured: {
    'serviceOnFire.stabilizationDelay': 'a state is shown at once; entityFailed.stabilizationDelay says when it is a failure',
  },
  behaviour: {
    durable: true,
    watches: () => [],
    decide: (input) => detectServiceFailure({ ...input, config: toSettings(input.config) }),
    writes: (_, { self }) => [`failures of ${self.id}`],
  },
};

function toSettings(value: Config): ServiceFailureSettings {
  return {
    failedSensor: 'ha.entityFailed',
    recoveredSensor: 'ha.entityRecovered',
    failedAfterMs: milliseconds(value['entityFailed.stabilizationDelay']),
    recoveredAfterMs: milliseconds(value['entityRecovered.stabilizationDelay']),
    againMs: milliseconds(value['entityFailed.republishTime']),
    onlyIfWasUp: isTrue(value.onlyReportIfPreviouslyUp),
    problemsCount: isTrue(value.monitorServiceProblems),
    downForMs: milliseconds(value['entityFailed.downFor']),
  };
}
