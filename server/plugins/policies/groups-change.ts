import { z } from 'zod';
import type { Looking, Watch } from '../../domain/adjunct/behaviour.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { mapList, optional, preset, texts } from '../../domain/entity-types/config-values.ts';
import { type GreetMemory, type GreetSettings, greetMembers } from '../../domain/policy/greet-members.ts';
import { referenceOf } from '../../domain/policy/read-config.ts';

const NOT_ATTACHED = 'give it to the memberSpec: members are made with it';

const config = z.looseObject({
  group: optional(entityReference, 'Group'),
  'member.locations': optional(mapList, 'Locations'),
  'member.policies': optional(mapList, 'Policies'),
  'member.initializers': optional(mapList, 'Initializers'),
  'member.enrichers': optional(mapList, 'Enrichers'),
  'member.invoke': optional(texts, 'Effectors'),
  sensorsToTrack: optional(anything, 'Sensors watched'),
  notifyOnDuplicates: preset(boolean, false, 'On equal values too'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s GroupsChangePolicy. */
export const plugin: AdjunctType<Config, GreetMemory> = {
  id: 'groups-change',
  title: 'Attach to members',
  description: 'Attaches policies, enrichers and more to those that join a group.',
  kind: 'policy',
  aliases: classNames('org.apache.brooklyn.entity.group.GroupsChangePolicy'),
  config,
  flags: {},
  planned: false,
  notHonoured: { sensorsToTrack: 'it looks when members come and go', notifyOnDuplicates: 'it looks when members come and go' },
  plannedKeys: {
    'member.locations': 'members are placed by their own location',
    'member.policies': NOT_ATTACHED,
    'member.initializers': NOT_ATTACHED,
    'member.enrichers': NOT_ATTACHED,
  },
  behaviour: {
    durable: true,
    watches: (value, looking) => watched(toSettings(value, looking)),
    decide: (input) => greetMembers({ ...input, config: toSettings(input.config, input) }),
  },
};

function toSettings(value: Config, looking: Looking): GreetSettings {
  const { 'member.invoke': invoke = [] } = value;
  return {
    group: value.group === undefined ? looking.self.id : referenceOf(value.group, looking),
    effectors: typeof invoke === 'string' ? invoke.split(',').map((name) => name.trim()) : invoke.map(String),
  };
}

function watched({ group }: GreetSettings): readonly Watch[] {
  if (group === null) return [];
  return [
    { of: 'members', entityId: group, sensors: [] },
    { of: 'children', entityId: group, sensors: [] },
  ];
}
