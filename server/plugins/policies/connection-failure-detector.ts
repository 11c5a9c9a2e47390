import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { FAILURE_DETECTOR_CONFIG, FAILURE_DETECTOR_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ConnectionFailureDetector. */
export const plugin: AdjunctType = {
  id: 'connection-failure-detector',
  title: 'Connection failure detector',
  description: 'Tells when a host and port no longer take connections, and when they do again.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.ConnectionFailureDetector', 'org.apache.brooklyn.policy.ha.ConnectionFailureDetector'),
  config: z.looseObject({
    ...FAILURE_DETECTOR_CONFIG,
    'connectionFailureDetector.endpoint': optional(text, 'Endpoint', 'host:port'),
    'connectionFailureDetector.pollPeriod': preset(duration, '1s', 'Period'),
    'connectionFailureDetector.serviceFailedStabilizationDelay': preset(duration, '0s', 'Failed for', 'Before it is said to have failed.'),
    'connectionFailureDetector.serviceRecoveredStabilizationDelay': preset(
      duration,
      '0s',
      'Recovered for',
      'Before it is said to have recovered.',
    ),
  }),
  flags: {
    ...FAILURE_DETECTOR_FLAGS,
    endpoint: 'connectionFailureDetector.endpoint',
    pollPeriod: 'connectionFailureDetector.pollPeriod',
    connectionFailedStabilizationDelay: 'connectionFailureDetector.serviceFailedStabilizationDelay',
    connectionRecoveredStabilizationDelay: 'connectionFailureDetector.serviceRecoveredStabilizationDelay',
  },
  planned: true,
};
