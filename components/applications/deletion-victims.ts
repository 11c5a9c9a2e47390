import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { DeletionPreviewAnswer } from '@/server/api/application/deletion-preview.ts';
import type { Dependant } from '@/server/domain/entity/dependants.ts';
import { nameVictim, type StopEffects } from '@/server/domain/entity/stop-effects.ts';

/** What a stop does, in the words of the confirmation. */
export function stopVictims({ containers, dependants }: StopEffects): readonly Victims[] {
  const running = containers.filter((container) => container.state === 'running');
  return [
    { title: formatCount(running.length, 'container stops', 'containers stop'), items: running.map(nameVictim) },
    ...dependantVictims(dependants, 0),
  ];
}

/** What a delete does, in the words of the confirmation. */
export function deletionVictims(
  preview: DeletionPreviewAnswer,
  volumes: 'keep' | 'remove',
  onClouds: 'stop' | 'delete' = 'stop',
): readonly Victims[] {
  const { ports, dependants, hiddenDependants } = preview;
  const adopted = preview.containers.filter((each) => each.adopted);
  const containers = preview.containers.filter((each) => !each.adopted);
  const itemsOf = (some: typeof containers): readonly string[] => some.map((each) => `${nameVictim(each)} (${each.name})`);
  return [
    ...(adopted.length > 0
      ? [
          {
            title: formatCount(adopted.length, 'adopted container is removed for good', 'adopted containers are removed for good'),
            items: itemsOf(adopted),
            lost: true,
          },
        ]
      : []),
    ...(containers.length > 0
      ? [
          {
            title: formatCount(containers.length, 'container stops and is removed', 'containers stop and are removed'),
            items: itemsOf(containers),
          },
        ]
      : []),
    ...(preview.containers.length === 0 ? [{ title: 'No container is running', items: [] }] : []),
    ...(ports.length > 0
      ? [
          {
            title: formatCount(ports.length, 'address is released', 'addresses are released'),
            items: ports.map((each) => `${each.host}:${each.port}/${each.protocol}, ${each.entity}`),
          },
        ]
      : []),
    ...(preview.volumes.length > 0
      ? [
          {
            title:
              volumes === 'remove'
                ? formatCount(preview.volumes.length, 'volume is removed with its data', 'volumes are removed with their data')
                : formatCount(preview.volumes.length, 'volume stays on its host', 'volumes stay on their hosts'),
            items: preview.volumes.map((each) => `${nameVictim(each)} (${each.name})`),
            lost: volumes === 'remove',
          },
        ]
      : []),
    ...(preview.snapshots.length > 0
      ? [
          {
            title: formatCount(preview.snapshots.length, 'snapshot is removed', 'snapshots are removed'),
            items: preview.snapshots.map(({ entity, host, pushedAs }) => `${entity} on ${host}${pushedAs ? `; ${pushedAs} stays` : ''}`),
            lost: true,
          },
        ]
      : []),
    ...preview.clouds.flatMap((cloud) => cloudVictims(cloud, onClouds)),
    ...dependantVictims(dependants, hiddenDependants),
  ];
}

/** A Docker cloud takes with it what runs on it. */
function cloudVictims(
  { cloud, hosts, applications }: DeletionPreviewAnswer['clouds'][number],
  onClouds: 'stop' | 'delete',
): readonly Victims[] {
  const ends = onClouds === 'delete' ? 'is deleted' : 'is stopped';
  const end = onClouds === 'delete' ? 'are deleted' : 'are stopped';
  return [
    {
      title: `${formatCount(hosts.length, 'host')} of ${cloud} ${hosts.length === 1 ? 'is' : 'are'} given back`,
      items: hosts.map(
        ({ name, state, foreignContainers }) =>
          `${name} (${state})${foreignContainers > 0 ? `, with ${formatCount(foreignContainers, 'container')} of others` : ''}`,
      ),
    },
    ...(applications.length === 0
      ? []
      : [
          {
            title: formatCount(applications.length, `application on it ${ends}`, `applications on it ${end}`),
            items: applications.map(({ name, containers }) => `${name}, ${formatCount(containers, 'container')} here`),
            lost: onClouds === 'delete',
          },
        ]),
  ];
}

function dependantVictims(dependants: readonly Dependant[], hidden: number): readonly Victims[] {
  const count = dependants.length + hidden;
  if (count === 0) return [];
  const items = dependants.map(({ entity, application, why }) => `${entity} of ${application} ${why}`);
  const rest = hidden > 0 ? [`${formatCount(hidden, 'entity', 'entities')} that you may not see`] : [];
  return [{ title: formatCount(count, 'entity depends on this', 'entities depend on this'), items: [...items, ...rest], lost: true }];
}
