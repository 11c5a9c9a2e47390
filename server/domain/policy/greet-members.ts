import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { EntityId } from '../shared/ids.ts';

export interface GreetSettings {
  /** Null: what is named is not there. */
  readonly group: EntityId | null;
  /** Effectors that each member gets called once. */
  readonly effectors: readonly string[];
}

export interface GreetMemory {
  readonly known: readonly string[];
}

/** Of Brooklyn's GroupsChangePolicy: calls effectors of each that joins a group; those that are there when it begins have joined then. */
export function greetMembers({ config, self, read, memory }: AdjunctInput<GreetSettings, GreetMemory>): Decision<GreetMemory> {
  const { group, effectors } = config;
  const entity = group === null ? undefined : read.entity(group);
  if (!entity) return { highlight: { level: 'frozen', text: 'The group that it names is not there' } };
  const members = entity.size === null ? read.children(entity.id) : read.members(entity.id);
  const known = memory?.known ?? [];
  const joined = members.filter(({ id }) => !known.includes(id));
  const next = members.map(({ id }): string => id);
  const isSame = memory !== undefined && JSON.stringify(known) === JSON.stringify(next);
  const actions = joined.flatMap((member) =>
    effectors.map((effector) => {
      const why = `Call ${effector} of ${member.name}, which has joined ${entity.name}`;
      return { kind: 'effector' as const, entityId: member.id, effector, why };
    }),
  );
  return {
    ...(isSame ? {} : { memory: { known: next } }),
    highlight: { level: actions.length > 0 ? 'acts' : 'ok', text: `${self.name} watches the ${members.length} members of ${entity.name}` },
    actions,
  };
}
