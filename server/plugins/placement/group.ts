import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import type { HostView, PlacementRequest, StrategyOutcome } from '../../domain/placement/placement.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';

const EXCLUSIVE = 'docker.constraint.exclusive';

/** Clocker’s GroupPlacementStrategy: no lock is needed, as one placement is decided after another. */
export const plugin: PlacementPlugin = {
  id: 'group',
  title: 'With its siblings',
  description: 'Puts entities of one parent on one host, and those of other parents on others.',
  aliases: classNames('clocker.docker.location.strategy.basic.GroupPlacementStrategy'),
  config: z.looseObject({
    [EXCLUSIVE]: preset(boolean, false, 'Alone', 'On hosts where nothing else runs.'),
    'docker.strategy.timeout': preset(duration, '20m', 'Wait for others at most'),
  }),
  flags: { exclusive: EXCLUSIVE, timeout: 'docker.strategy.timeout' },
  strategy: {
    apply(hosts, request, config) {
      const home = hosts.find((host) => siblingsOn(host, request) > 0);
      return split(hosts, (host) => refuse(host, request, { home, isAlone: String(config[EXCLUSIVE]) === 'true' }));
    },
  },
};

function refuse(
  host: HostView,
  request: PlacementRequest,
  { home, isAlone }: { readonly home: HostView | undefined; readonly isAlone: boolean },
): string | null {
  if (home !== undefined) return host === home ? null : `its siblings are on ${home.name}`;
  const other = host.residents.find((one) => one.applicationId === request.applicationId);
  if (other !== undefined) return `${other.name} of another group of its application is there`;
  const count = host.residents.length + host.foreignContainers;
  return isAlone && count > 0 ? `it is to be alone, and ${count} run there` : null;
}

function siblingsOn(host: HostView, { parentId, entityId }: PlacementRequest): number {
  return host.residents.filter((one) => one.parentId !== null && one.parentId === parentId && one.entityId !== entityId).length;
}

function split(hosts: readonly HostView[], reasonOf: (host: HostView) => string | null): StrategyOutcome {
  const told = hosts.map((host) => ({ host, reason: reasonOf(host) }));
  return {
    hosts: told.flatMap(({ host, reason }) => (reason === null ? [host] : [])),
    refused: told.flatMap(({ host, reason }) => (reason === null ? [] : [{ hostId: host.id, reason }])),
  };
}
