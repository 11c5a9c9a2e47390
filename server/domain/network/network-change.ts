import { endsAtHost, type NetworkAttachment } from '../entity/container-spec.ts';
import type { Instance } from '../entity/instance.ts';
import { canonicalJson } from '../shared/json.ts';

/** What an operator has changed in the networks of an entity, on top of what its blueprint says. */
export interface NetworkChanges {
  readonly attached: readonly { readonly name: string; readonly address?: string }[];
  /** Names of networks that the blueprint gives it. */
  readonly detached: readonly string[];
}

/** `in-place`: as it runs. `anew`: by a new container, which asks its own networks for names. */
export type NetworkChange = 'none' | 'in-place' | 'anew';

/** How a container comes to the networks that are wanted now. */
export function networkChange(
  wanted: readonly NetworkAttachment[],
  { spec, endpoints = [] }: Pick<Instance, 'spec' | 'endpoints'>,
): NetworkChange {
  const present = spec.networks ?? [];
  if (canonicalJson(wanted) === canonicalJson(present)) return 'none';
  // A bridge that ends at its host has all that are on it there: only who attaches it by hand has seen to that.
  const isTying = wanted.some((one) => endsAtHost(one.definition) && !one.attached && !present.some((other) => isSameNetwork(one, other)));
  if (isTying) return 'anew';
  const asked = endpoints.filter(({ joined }) => !joined);
  const isLeft = asked.some(({ network }) => {
    const [before, after] = [present, wanted].map((some) => some.find(({ name }) => name === network));
    return before !== undefined && after !== undefined && isSameNetwork(before, after);
  });
  return asked.length === 0 || isLeft ? 'in-place' : 'anew';
}

function isSameNetwork(one: NetworkAttachment, other: NetworkAttachment): boolean {
  return one.name === other.name && canonicalJson(one.definition) === canonicalJson(other.definition);
}

/** Whether Docker is told the same of both: names on networks that reach all hosts are none of Docker’s. */
export function isSameToDocker(one: NetworkAttachment, other: NetworkAttachment): boolean {
  const told = ({ aliases, address, definition }: NetworkAttachment): unknown => ({
    address: address ?? null,
    aliases: definition.provider === undefined ? aliases : [],
  });
  return isSameNetwork(one, other) && canonicalJson(told(one)) === canonicalJson(told(other));
}

/** The networks of an entity with what operators have changed above it and on it, the topmost first. */
export function withChanges(
  given: readonly NetworkAttachment[],
  changes: readonly NetworkChanges[],
  toAttachment: (attached: NetworkChanges['attached'][number]) => NetworkAttachment,
): readonly NetworkAttachment[] {
  return changes.reduce<readonly NetworkAttachment[]>((networks, { attached, detached }) => {
    const kept = networks.filter(({ name }) => !detached.includes(name));
    const added = attached.filter(({ name }) => !kept.some((one) => one.name === name));
    return [...kept, ...added.map(toAttachment)];
  }, given);
}
