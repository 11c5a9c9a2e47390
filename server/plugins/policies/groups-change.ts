import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { mapList, optional, preset, texts } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s GroupsChangePolicy. */
export const plugin: AdjunctType = {
  id: 'groups-change',
  title: 'Attach to members',
  description: 'Attaches policies, enrichers and more to those that join a group.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.entity.group.GroupsChangePolicy'),
  config: z.looseObject({
    group: optional(entityReference, 'Group'),
    'member.locations': optional(mapList, 'Locations'),
    'member.policies': optional(mapList, 'Policies'),
    'member.initializers': optional(mapList, 'Initializers'),
    'member.enrichers': optional(mapList, 'Enrichers'),
    'member.invoke': optional(texts, 'Effectors'),
    sensorsToTrack: optional(anything, 'Sensors watched'),
    notifyOnDuplicates: preset(boolean, false, 'On equal values too'),
  }),
  flags: {},
  planned: true,
};
