import { z } from 'zod';
import type { KeyNotes } from '../blueprint/type-registry.ts';
import { AGGREGATE_NAMES } from '../enricher/aggregate.ts';
import { duration } from '../entity/container-config.ts';
import { entityReference } from '../entity/entity-reference.ts';
import { boolean, double, integer, text } from '../entity/value-schemas.ts';
import { type ExpressionName, expressionProblem } from '../expression/expression.ts';
import { isTime, isTimezone } from '../policy/schedule.ts';
import { anyMap, optional, preset, sensorName, sensorNames, size, textMap, texts } from './config-values.ts';

const NAMES: ReadonlySet<string> = new Set([...AGGREGATE_NAMES, 'isQuorate']);

/** Anything that the type makes sense of itself: a value, an expression, an object. */
export const anything = z.unknown();

/** An expression as text. An object in its place stands for a function of Java's, and says itself that nothing acts on it. */
export function expression(...names: readonly ExpressionName[]) {
  const written = z.string().superRefine((value, context) => {
    const problem = expressionProblem(value, names);
    if (problem !== null) context.addIssue({ code: 'custom', message: `the expression ${problem}` });
  });
  return z.union([written, z.looseObject({ $object: z.unknown() })], {
    error: (issue) => {
      const problem = typeof issue.input === 'string' ? expressionProblem(issue.input, names) : null;
      return problem === null ? `needs an expression of ${names.join(' and ')}, as text` : `the expression ${problem}`;
    },
  });
}

/** The name of a function of several values, or an expression over `values`. */
export const aggregation = z.union([z.string().refine((value) => NAMES.has(value)), expression('values')], {
  error: (issue) => {
    const problem = typeof issue.input === 'string' ? expressionProblem(issue.input, ['values']) : null;
    const needs = `needs ${[...NAMES].join(', ')}, or an expression of values, as text`;
    return problem === null ? needs : `the expression ${problem}`;
  },
});

/** The text of one; undefined where there is none. */
export function expressionText(value: string | { readonly $object: unknown } | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Enrichers that make one sensor of another. */
export const ENRICHER_CONFIG = {
  'enricher.producer': optional(entityReference, 'Producer', 'Whose sensors it reads; the entity it is on unless given.'),
  'enricher.sourceSensor': optional(sensorName, 'Source'),
  'enricher.targetSensor': optional(sensorName, 'Target'),
  'enricher.triggerSensors': optional(sensorNames, 'Triggers', 'Sensors whose change makes it look again.'),
  'enricher.allowCyclicPublishing': optional(boolean, 'May trigger itself'),
  'enricher.suppressDuplicates': optional(boolean, 'Leave out equal values'),
};

export const ENRICHER_FLAGS = {
  producer: 'enricher.producer',
  sourceSensor: 'enricher.sourceSensor',
  targetSensor: 'enricher.targetSensor',
  triggerSensors: 'enricher.triggerSensors',
  suppressDuplicates: 'enricher.suppressDuplicates',
} as const;

/** Enrichers that publish addresses and ports as they are reached from elsewhere. */
export const ADDRESS_ENRICHER_CONFIG = {
  sensors: optional(sensorNames, 'Sensors'),
  mapMatching: optional(text, 'Sensors whose names match', 'A regular expression.'),
  sensorNameConverter: optional(anything, 'Names of the published sensors'),
  portForwardManager: optional(anything, 'Port forwarding'),
  addressSensor: optional(sensorName, 'Sensor of the address'),
};

export const ADDRESS_ENRICHER_PLANNED: KeyNotes = {
  mapMatching: 'name the sensors',
  sensorNameConverter: 'names are those of Brooklyn',
  portForwardManager: 'ports are those of the container’s host',
  addressSensor: 'the address is that of the host, or of the container in its network',
};

/** Enrichers that make one sensor of those of members or children. */
export const AGGREGATING_CONFIG = {
  ...ENRICHER_CONFIG,
  'enricher.aggregating.fromMembers': optional(boolean, 'From members'),
  'enricher.aggregating.fromChildren': optional(boolean, 'From children'),
  'enricher.aggregating.fromHardcodedProducers': optional(z.array(entityReference), 'From these entities'),
  'enricher.aggregating.entityFilter': optional(anything, 'Which entities count'),
  'enricher.aggregating.valueFilter': optional(expression('value'), 'Which values count', 'An expression that is true for these.'),
  'enricher.aggregator.excludeBlank': optional(boolean, 'Leave out empty values'),
  'enricher.defaultMemberValue': optional(anything, 'Value of those that have none'),
};

export const AGGREGATING_PLANNED: KeyNotes = { 'enricher.aggregating.entityFilter': 'use valueFilter, over the value' };

export const AGGREGATING_FLAGS = {
  ...ENRICHER_FLAGS,
  fromMembers: 'enricher.aggregating.fromMembers',
  fromChildren: 'enricher.aggregating.fromChildren',
  fromHardcodedProducers: 'enricher.aggregating.fromHardcodedProducers',
  entityFilter: 'enricher.aggregating.entityFilter',
  valueFilter: 'enricher.aggregating.valueFilter',
  excludeBlank: 'enricher.aggregator.excludeBlank',
  defaultMemberValue: 'enricher.defaultMemberValue',
} as const;

/** Operations that a blueprint adds to an entity. */
export const EFFECTOR_CONFIG = {
  name: z.string().min(1).meta({ title: 'Name' }),
  description: optional(text, 'Description'),
  parameters: optional(
    z.record(z.string(), z.union([anyMap, z.null()]), 'needs a map of names, each with type, description and defaultValue'),
    'Parameters',
    'Each with type, description and defaultValue.',
  ),
};

/** Sensors that a blueprint adds to an entity. */
export const SENSOR_CONFIG = {
  name: z.string().min(1).meta({ title: 'Name' }),
  targetType: optional(text, 'Type', 'string, integer, double, boolean …'),
  type: optional(text, 'Type'),
};

/** Sensors that are looked at again and again. */
export const FEED_CONFIG = {
  ...SENSOR_CONFIG,
  period: preset(duration, '5m', 'Period'),
  timeout: preset(duration, '10s', 'Timeout', 'What takes longer has failed.'),
  triggers: optional(sensorNames, 'Triggers', 'Sensors whose change makes it look at once.'),
  condition: optional(expression('sensors'), 'Condition', 'An expression over its sensors, such as sensors["queue.size"] > 0.'),
  onlyIfServiceUp: optional(boolean, 'Only while it serves'),
  skip_initial_run: optional(boolean, 'Not at once'),
  suppressDuplicates: preset(boolean, false, 'Leave out equal values'),
  logWarningGraceTimeOnStartup: optional(duration, 'Failures are normal at first for'),
  logWarningGraceTime: optional(duration, 'Failures are normal for'),
  failTaskOnError: optional(boolean, 'A failure is an error of the task'),
};

/** Of feeds: what cannot be. */
export const FEED_PLANNED: KeyNotes = { skip_initial_run: 'it is asked soon after it comes' };

export const FEED_NOT_HONOURED: KeyNotes = {
  suppressDuplicates: 'an equal value is never published twice',
  logWarningGraceTimeOnStartup: 'failures are shown with the sensor, not logged',
  logWarningGraceTime: 'failures are shown with the sensor, not logged',
  failTaskOnError: 'there is no task: failures are shown with the sensor',
};
/** One of these words, in any case, as Brooklyn takes them. */
function modeOf(...words: readonly string[]) {
  const needs = `needs ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return z.string(needs).refine((word) => words.includes(word.trim().toLowerCase()), needs);
}

/** How one of several is made the one in charge. */
export const ELECTION_CONFIG = {
  'primary.target.mode': optional(modeOf('auto', 'children', 'members'), 'Among', 'auto, children or members.'),
  'primary.selection.mode': optional(modeOf('failover', 'best', 'strict'), 'Choice', 'failover, best or strict.'),
  'primary.stopped.wait.timeout': preset(duration, '5s', 'Wait for one that stopped'),
  'primary.starting.wait.timeout': preset(duration, '5m', 'Wait for one that starts'),
  'primary.sensor.name': preset(text, 'primary', 'Sensor of the one in charge'),
  'primary.weight.name': preset(text, 'ha.primary.weight', 'Sensor of the weight'),
  'primary.promote.effector.name': preset(text, 'promote', 'Effector that puts in charge'),
  'primary.demote.effector.name': preset(text, 'demote', 'Effector that takes out of charge'),
  'ha.primary.weight': optional(double, 'Weight'),
};

/** Policies that call an effector at times. */
export const SCHEDULE_CONFIG = {
  effector: z.string().min(1).meta({ title: 'Effector' }),
  args: optional(z.record(z.string(), z.json(), 'needs a map of names and values'), 'Parameters'),
  time: optional(
    z.string('needs a time').refine(isTime, 'needs a time such as 08:30, 2026-11-25T08:30 or immediately'),
    'At',
    'Date and time, time of day, or “immediately”.',
  ),
  timezone: preset(
    z.string().refine(isTimezone, 'needs a time zone such as Europe/Berlin'),
    'UTC',
    'Time zone',
    'Of the time and of cron.',
  ),
  wait: optional(duration, 'After'),
  'start.sensor': optional(sensorName, 'Begins when this sensor is true', 'service.isUp unless given.'),
  'enabled.sensor': optional(sensorName, 'Only while this sensor is true'),
};

/** What a failure detector emits, and how sure it must be. */
export const FAILURE_DETECTOR_CONFIG = {
  'failureDetector.pollPeriod': preset(duration, '1s', 'Period'),
  'failureDetector.serviceFailedStabilizationDelay': preset(duration, '0s', 'Failed for', 'Before it is said to have failed.'),
  'failureDetector.serviceRecoveredStabilizationDelay': preset(duration, '0s', 'Recovered for', 'Before it is said to have recovered.'),
  'failureDetector.sensor.fail': optional(sensorName, 'Sensor of failures'),
  'failureDetector.sensor.recover': optional(sensorName, 'Sensor of recoveries'),
};

export const FAILURE_DETECTOR_FLAGS = {
  pollPeriod: 'failureDetector.pollPeriod',
  failedStabilizationDelay: 'failureDetector.serviceFailedStabilizationDelay',
  recoveredStabilizationDelay: 'failureDetector.serviceRecoveredStabilizationDelay',
} as const;

/** How machines are reached. */
export const SSH_ACCESS_CONFIG = {
  user: optional(text, 'User'),
  password: optional(text, 'Password'),
  port: optional(integer, 'SSH port'),
  privateKeyFile: optional(text, 'Key file'),
  privateKeyData: optional(text, 'Key'),
  privateKeyPassphrase: optional(text, 'Passphrase of the key'),
  displayName: optional(text, 'Name'),
  latitude: optional(double, 'Latitude'),
  longitude: optional(double, 'Longitude'),
  region: optional(text, 'Region'),
  iso3166: optional(texts, 'Country'),
  onboxBaseDir: optional(text, 'Base folder on the machine'),
  installDevUrandom: optional(boolean, 'Use /dev/urandom'),
  tags: optional(texts, 'Labels'),
  tcpPortMappings: optional(textMap, 'Ports that lead to it'),
  maxSize: optional(size, 'Most machines'),
  credential: optional(text, 'Credential', 'Name of the stored key to log in with; the only one unless given.'),
  hostKey: optional(text, 'Host key', 'SHA256:…, as ssh-keygen -l prints it on the machine.'),
  trustOnFirstUse: optional(
    boolean,
    'Trust the first key',
    'Takes the key that the machine shows at first. Otherwise a person accepts it.',
  ),
  zone: optional(text, 'Zone'),
};

export const SSH_ACCESS_FLAGS = {
  localUser: 'user',
  localPassword: 'password',
  privateKeyFiles: 'privateKeyFile',
} as const;
