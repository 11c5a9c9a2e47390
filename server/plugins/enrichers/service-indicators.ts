import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { AGGREGATING_CONFIG, AGGREGATING_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { quorum } from '../../domain/entity-types/cluster-config.ts';
import { optional, preset, texts } from '../../domain/entity-types/config-values.ts';

const GIVE = 'give the group itself quorum.up or quorum.running';
const SAME = 'all groups work that out in the same way';

/** Brooklyn’s ComputeServiceIndicatorsFromChildrenAndMembers. */
export const plugin: AdjunctType = {
  id: 'service-indicators',
  title: 'Indicators of members',
  description: 'Works out whether a group is up from its children and members. Every group has it anyway.',
  kind: 'enricher',
  aliases: [
    ...classNames(
      'brooklyn.entity.basic.ServiceStateLogic$ComputeServiceIndicatorsFromChildrenAndMembers',
      'org.apache.brooklyn.core.entity.lifecycle.ServiceStateLogic$ComputeServiceIndicatorsFromChildrenAndMembers',
    ),
    'ComputeServiceIndicatorsFromChildrenAndMembers',
  ],
  config: z.looseObject({
    ...AGGREGATING_CONFIG,
    'enricher.service_state.children_and_members.quorum.up': optional(quorum, 'Quorum to be up'),
    'enricher.service_state.children_and_members.quorum.running': optional(quorum, 'Quorum to be running'),
    'enricher.service_state.children_and_members.service_up.publish': preset(boolean, true, 'Say why it is not up'),
    'enricher.service_state.children_and_members.service_problems.publish': preset(boolean, true, 'Say what is wrong'),
    'enricher.service_state.children_and_members.ignore_entities.service_up_null': preset(
      boolean,
      true,
      'Leave out those that say nothing',
    ),
    'enricher.service_state.children_and_members.ignore_entities.service_state_values': optional(texts, 'Leave out those in these states'),
  }),
  flags: AGGREGATING_FLAGS,
  planned: false,
  plannedKeys: {
    'enricher.service_state.children_and_members.quorum.up': GIVE,
    'enricher.service_state.children_and_members.quorum.running': GIVE,
    'enricher.service_state.children_and_members.service_up.publish': SAME,
    'enricher.service_state.children_and_members.service_problems.publish': SAME,
    'enricher.service_state.children_and_members.ignore_entities.service_up_null': SAME,
    'enricher.service_state.children_and_members.ignore_entities.service_state_values': SAME,
  },
};
