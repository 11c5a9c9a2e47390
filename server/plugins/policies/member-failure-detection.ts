import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { detectMemberFailures, type MemberFailureMemory, type MemberFailureSettings } from '../../domain/policy/member-failures.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const config = z.looseObject({
  onlyReportIfPreviouslyUp: preset(boolean, true, 'Only those that were up'),
  useServiceStateRunning: preset(boolean, true, 'By their state'),
  memberFilter: optional(anything, 'Which members'),
});

type Config = z.infer<typeof config>;

/** Of early versions; today each member has a failure detector. */
export const plugin: AdjunctType<Config, MemberFailureMemory> = {
  id: 'member-failure-detection',
  title: 'Member failure detection',
  description: 'Tells when members of a group have failed.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.ha.MemberFailureDetectionPolicy'),
  config,
  flags: {},
  planned: false,
  plannedKeys: { memberFilter: 'all members are watched' },
  behaviour: {
    durable: true,
    watches: (_, { self }) => [{ of: self.size === null ? 'children' : 'members', sensors: [] }],
    writes: (_, { self }) => [`failures of ${self.id}`],
    decide: (input) => detectMemberFailures({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings(value: Config): MemberFailureSettings {
  return {
    failedSensor: 'ha.entityFailed',
    recoveredSensor: 'ha.entityRecovered',
    failedAfterMs: 0,
    recoveredAfterMs: 0,
    againMs: 0,
    onlyIfWasUp: isTrue(value.onlyReportIfPreviouslyUp),
    byState: isTrue(value.useServiceStateRunning),
  };
}
