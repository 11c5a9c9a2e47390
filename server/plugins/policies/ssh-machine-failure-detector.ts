import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { FAILURE_DETECTOR_CONFIG, FAILURE_DETECTOR_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s SshMachineFailureDetector. */
export const plugin: AdjunctType = {
  id: 'ssh-machine-failure-detector',
  title: 'Machine failure detector',
  description: 'Tells when a machine can no longer be reached by SSH, and when it can again.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.SshMachineFailureDetector', 'org.apache.brooklyn.policy.ha.SshMachineFailureDetector'),
  config: z.looseObject({
    ...FAILURE_DETECTOR_CONFIG,
    'ha.sshConnection.timeout': preset(duration, '10s', 'Timeout'),
  }),
  flags: {
    ...FAILURE_DETECTOR_FLAGS,
    connectTimeout: 'ha.sshConnection.timeout',
  },
  planned: true,
};
