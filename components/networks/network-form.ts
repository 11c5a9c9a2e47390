import type { ListedNetwork } from '@/server/domain/network/list-networks.ts';

/** What is said of a network that stands on its own, as it is typed. */
export interface NetworkChoices {
  readonly subnet: string;
  readonly internal: boolean;
  readonly description: string;
  /** Names with commas between them. */
  readonly joiners: string;
}

export const NO_CHOICES: NetworkChoices = { subnet: '', internal: false, description: '', joiners: '' };

export function toChoices({ subnet, internal, standing }: ListedNetwork): NetworkChoices {
  const { description = '', joiners = null } = standing ?? {};
  return { subnet: subnet ?? '', internal, description, joiners: (joiners ?? []).join(', ') };
}

/** No subnet is the next of the pool, no names are all applications. */
export function toInput({ subnet, internal, description, joiners }: NetworkChoices) {
  const names = joiners
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    ...(subnet.trim() === '' ? {} : { subnet: subnet.trim() }),
    internal,
    description: description.trim(),
    joiners: names.length === 0 ? null : names,
  };
}
