import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { FAILURE_DETECTOR_CONFIG, FAILURE_DETECTOR_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import {
  connectionCondition,
  connectionPlan,
  connectionSensor,
  connectionSensors,
  parseEndpoint,
} from '../../domain/policy/connection-watch.ts';
import { type FailureWatchMemory, type FailureWatchSettings, watchFailure } from '../../domain/policy/failure-watch.ts';
import { milliseconds, sensorOf } from '../../domain/policy/read-config.ts';

/** More often would be a flood. Milliseconds. */
const SHORTEST_PERIOD_MS = 500;

const config = z.looseObject({
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
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ConnectionFailureDetector. */
export const plugin: AdjunctType<Config, FailureWatchMemory> = {
  id: 'connection-failure-detector',
  title: 'Connection failure detector',
  description: 'Tells when a host and port no longer take connections, and when they do again.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.ConnectionFailureDetector', 'org.apache.brooklyn.policy.ha.ConnectionFailureDetector'),
  config,
  flags: {
    ...FAILURE_DETECTOR_FLAGS,
    endpoint: 'connectionFailureDetector.endpoint',
    pollPeriod: 'connectionFailureDetector.pollPeriod',
    connectionFailedStabilizationDelay: 'connectionFailureDetector.serviceFailedStabilizationDelay',
    connectionRecoveredStabilizationDelay: 'connectionFailureDetector.serviceRecoveredStabilizationDelay',
  },
  planned: false,
  feed: {
    poll: (value) => {
      const endpoint = parseEndpoint(endpointOf(value));
      if (endpoint === null) return { waitingFor: 'an endpoint such as db.example.org:3306' };
      return connectionPlan(endpoint, Math.max(SHORTEST_PERIOD_MS, milliseconds(value['connectionFailureDetector.pollPeriod'])));
    },
    sensors: (value, answer) => connectionSensors(endpointOf(value), answer),
  },
  behaviour: {
    durable: true,
    watches: (value) => [{ of: 'entity', sensors: [connectionSensor(endpointOf(value)), toSettings(value).failedSensor] }],
    writes: (value, { self }) => [`${toSettings(value).failedSensor} of ${self.id}`],
    decide: ({ config: value, self, read, memory, now }) => {
      const settings = toSettings(value);
      const condition = connectionCondition(endpointOf(value), self, read);
      const published = read.sensor(self.id, settings.failedSensor)?.value;
      return watchFailure(memory ?? {}, settings, { condition, now, published, name: endpointOf(value) });
    },
  },
};

function endpointOf(value: Config): string {
  return String(value['connectionFailureDetector.endpoint'] ?? '');
}

function toSettings(value: Config): FailureWatchSettings {
  const longer = (one: string | number, other: string | number): number => Math.max(milliseconds(one), milliseconds(other));
  return {
    failedSensor: sensorOf(value['failureDetector.sensor.fail']) ?? 'ha.connectionFailed',
    recoveredSensor: sensorOf(value['failureDetector.sensor.recover']) ?? 'ha.connectionRecovered',
    failedAfterMs: longer(
      value['connectionFailureDetector.serviceFailedStabilizationDelay'],
      value['failureDetector.serviceFailedStabilizationDelay'],
    ),
    recoveredAfterMs: longer(
      value['connectionFailureDetector.serviceRecoveredStabilizationDelay'],
      value['failureDetector.serviceRecoveredStabilizationDelay'],
    ),
    againMs: 0,
  };
}
