import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { FAILURE_DETECTOR_CONFIG, FAILURE_DETECTOR_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { machineCondition } from '../../domain/policy/connection-watch.ts';
import { type FailureWatchMemory, type FailureWatchSettings, watchFailure } from '../../domain/policy/failure-watch.ts';
import { milliseconds, sensorOf } from '../../domain/policy/read-config.ts';

const ASKED = 'the engine asks hosts every 5 s, and gives them 3 s to answer';

const config = z.looseObject({
  ...FAILURE_DETECTOR_CONFIG,
  'ha.sshConnection.timeout': preset(duration, '10s', 'Timeout'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s SshMachineFailureDetector. */
export const plugin: AdjunctType<Config, FailureWatchMemory> = {
  id: 'ssh-machine-failure-detector',
  title: 'Machine failure detector',
  description: 'Tells when a machine can no longer be reached by SSH, and when it can again.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.SshMachineFailureDetector', 'org.apache.brooklyn.policy.ha.SshMachineFailureDetector'),
  config,
  flags: {
    ...FAILURE_DETECTOR_FLAGS,
    connectTimeout: 'ha.sshConnection.timeout',
  },
  planned: false,
  notHonoured: { 'ha.sshConnection.timeout': ASKED, 'failureDetector.pollPeriod': ASKED },
  behaviour: {
    durable: true,
    watches: (value) => [{ of: 'entity', sensors: [toSettings(value).failedSensor] }],
    writes: (value, { self }) => [`${toSettings(value).failedSensor} of ${self.id}`],
    decide: ({ config: value, self, read, memory, now }) => {
      const settings = toSettings(value);
      const published = read.sensor(self.id, settings.failedSensor)?.value;
      return watchFailure(memory ?? {}, settings, { condition: machineCondition(self), now, published, name: self.name });
    },
  },
};

function toSettings(value: Config): FailureWatchSettings {
  return {
    failedSensor: sensorOf(value['failureDetector.sensor.fail']) ?? 'ha.connectionFailed',
    recoveredSensor: sensorOf(value['failureDetector.sensor.recover']) ?? 'ha.connectionRecovered',
    failedAfterMs: milliseconds(value['failureDetector.serviceFailedStabilizationDelay']),
    recoveredAfterMs: milliseconds(value['failureDetector.serviceRecoveredStabilizationDelay']),
    againMs: 0,
  };
}
